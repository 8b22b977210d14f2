//! Why an image cannot be pulled: kubelet's reasons and the registry's words.

use shared::facts::kinds::pod::Pod;
use shared::facts::{Fact, View};

use crate::checks::evidence::siblings;
use crate::checks::evidence::words::answer;

/// Words of kubelet for an image that it has not.
/// See <https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/images/types.go>.
pub(in crate::checks) const REASONS: &[&str] = &[
    "ErrImagePull",
    "ImagePullBackOff",
    "InvalidImageName",
    "ErrImageNeverPull",
    "RegistryUnavailable",
    "SignatureValidationFailed",
    "ImageInspectError",
];

/// kubelet's word, where it says more than the registry does.
pub(in crate::checks) fn reason(reason: &str) -> String {
    match reason {
        "ErrImagePull" | "ImagePullBackOff" => String::new(),
        _ => format!("{reason}: "),
    }
}

/// The registry's words about a pod's pull: the event tells more than the status.
pub(in crate::checks) fn said<'a>(view: &View<'a>, pod: &Pod, status: &'a str) -> &'a str {
    let object = pod.reference();
    let mut warnings = view.warnings_about(&object);
    let event = warnings.find(|event| event.message.starts_with("Failed to pull image"));
    words(event.map_or(status, |event| event.message.as_str()))
}

/// What a registry's words point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Sort {
    /// The credentials are missing or refused; some registries say the same of images that do not exist.
    Credentials,
    /// The name could not be resolved, and the cluster's DNS was asked.
    Resolver,
    /// The node has no room for it.
    Disk,
    /// The registry is not there, or has no time.
    Registry,
    /// Anything else: the image itself, the registry, or the way to it.
    Other,
}

/// The registry of an image: what stands before its first slash, if that is a host.
pub(in crate::checks) fn registry(image: &str) -> &str {
    let host = image.split_once('/').map_or("", |(host, _)| host);
    if host.contains(['.', ':']) {
        host
    } else {
        "docker.io"
    }
}

/// Whether words tell of the node's network, disk or trust.
pub(in crate::checks) fn is_of_node(words: &str) -> bool {
    matches!(sort(words), Sort::Resolver | Sort::Disk) || siblings::alike(words).is_some()
}

/// What a registry's words point to.
pub(in crate::checks) fn sort(words: &str) -> Sort {
    let lower = words.to_lowercase();
    let has = |any: &[&str]| any.iter().any(|word| lower.contains(word));
    if has(&["no space left on device", "disk quota exceeded"]) {
        Sort::Disk
    } else if has(&["lookup ", "no such host", "server misbehaving"]) {
        Sort::Resolver
    } else if answer::is_down(words) {
        // Before credentials: who cannot ask for a token says that it could not authorize.
        Sort::Registry
    } else if answer::is_refusal(words) {
        Sort::Credentials
    } else {
        Sort::Other
    }
}

/// The registry's own words at the end of what kubelet and the runtime put before them.
fn words(message: &str) -> &str {
    const BEFORE: &[&str] = &[
        "ErrImagePull: ",
        "Failed to pull image ",
        "failed to pull and unpack image ",
        "failed to resolve reference ",
        "failed to resolve image ",
        "rpc error: ",
    ];
    let mut rest = message.trim();
    for before in BEFORE {
        if let Some((_, after)) = rest.split_once(before) {
            // What is quoted is the image's name, what is told of an error is its code.
            rest = after.split_once(": ").map_or(after, |(name, words)| {
                if name.starts_with('"') || name.starts_with("code") {
                    words
                } else {
                    after
                }
            });
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registrys_words_are_left() {
        for (message, left, sort_of) in [
            (
                "Back-off pulling image \"ghcr.io/a/b:1\": ErrImagePull: failed to pull and unpack image \"ghcr.io/a/b:1\": failed to resolve reference \"ghcr.io/a/b:1\": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 403 Forbidden",
                "failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 403 Forbidden",
                Sort::Credentials,
            ),
            (
                "Failed to pull image \"redis:8.99\": rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/redis:8.99\": failed to resolve reference \"docker.io/library/redis:8.99\": docker.io/library/redis:8.99: not found",
                "docker.io/library/redis:8.99: not found",
                Sort::Other,
            ),
            (
                "Back-off pulling image \"redis\"",
                "Back-off pulling image \"redis\"",
                Sort::Other,
            ),
            (
                "dial tcp: lookup ghcr.io on 10.43.0.10:53: i/o timeout",
                "dial tcp: lookup ghcr.io on 10.43.0.10:53: i/o timeout",
                Sort::Resolver,
            ),
            (
                "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://harbor.almckay.io/service/token: 502 Bad Gateway",
                "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://harbor.almckay.io/service/token: 502 Bad Gateway",
                Sort::Registry,
            ),
            (
                "write /var/lib/containerd/x: no space left on device",
                "write /var/lib/containerd/x: no space left on device",
                Sort::Disk,
            ),
        ] {
            assert_eq!(words(message), left);
            assert_eq!(sort(message), sort_of, "{message}");
        }
    }
}
