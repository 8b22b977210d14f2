//! References to images, as containers name them: `[REGISTRY/][PATH/]NAME[:TAG][@DIGEST]`.
//! See <https://pkg.go.dev/github.com/distribution/reference>.

use super::pod::Container;

impl Container {
    /// Its image's name, without registry and path, and tag, where it has one.
    pub fn image_name(&self) -> (&str, Option<&str>) {
        name_and_tag(&self.image)
    }
}

fn name_and_tag(image: &str) -> (&str, Option<&str>) {
    let named = image.split_once('@').map_or(image, |(named, _)| named);
    let last = named.rsplit_once('/').map_or(named, |(_, last)| last);
    match last.split_once(':') {
        Some((name, tag)) => (name, Some(tag)),
        None => (last, None),
    }
}

#[cfg(test)]
mod tests {
    use super::name_and_tag;

    #[test]
    fn a_port_is_no_tag_and_a_digest_neither() {
        for (image, expected) in [
            ("traefik", ("traefik", None)),
            ("traefik:v3.5.1", ("traefik", Some("v3.5.1"))),
            ("registry.example:5000/redis", ("redis", None)),
            (
                "ghcr.io/fluxcd/kustomize-controller:v1.7.0@sha256:00",
                ("kustomize-controller", Some("v1.7.0")),
            ),
        ] {
            assert_eq!(name_and_tag(image), expected, "{image}");
        }
    }
}
