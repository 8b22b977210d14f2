//! Which version of Traefik an image holds.

use shared::facts::kinds::pod::Container;

/// Major and minor version, by the image's tag: `traefik:v3.5.1`, `mirrored-library-traefik:2.11`.
pub(super) fn version(container: &Container) -> Option<(u32, u32)> {
    let (name, tag) = container.image_name();
    if name != "traefik" && !name.ends_with("-traefik") {
        return None;
    }
    let mut numbers = tag?.trim_start_matches('v').split(['.', '-', '+']);
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next().and_then(|minor| minor.parse().ok());
    Some((major, minor.unwrap_or(u32::MAX)))
}

/// A version in words.
pub(in crate::checks) fn shown(version: &(u32, u32)) -> String {
    match *version {
        (major, u32::MAX) => major.to_string(),
        (major, minor) => format!("{major}.{minor}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (image, expected) in [
            ("traefik:v2.10.7", Some((2, 10))),
            ("rancher/mirrored-library-traefik:3.5.1", Some((3, 5))),
            (
                "docker.io/library/traefik:v3@sha256:00",
                Some((3, u32::MAX)),
            ),
            ("traefik:latest", None),
            ("traefik/whoami:v1.10", None),
            ("traefik", None),
        ] {
            let container = Container {
                image: image.into(),
                ..Container::default()
            };
            assert_eq!(version(&container), expected, "{image}");
        }
    }
}
