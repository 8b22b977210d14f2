//! The names of the matchers in Traefik's rules.
//! See <https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/>.

/// HTTP, in all versions.
pub(super) const HTTP: &[&str] = &[
    "Host",
    "HostRegexp",
    "Path",
    "PathPrefix",
    "Method",
    "Query",
    "ClientIP",
];
/// HTTP, until Traefik 3.
pub(super) const HTTP2: &[&str] = &["HostHeader", "Headers", "HeadersRegexp"];
/// HTTP, since Traefik 3.
pub(super) const HTTP3: &[&str] = &["PathRegexp", "Header", "HeaderRegexp", "QueryRegexp"];
/// TCP.
pub(super) const TCP: &[&str] = &["HostSNI", "HostSNIRegexp", "ClientIP", "ALPN"];

/// The name that Traefik has for a matcher, which may be written so, in lower or upper case, or in lower
/// case with a capital letter: `HostSNI`, `hostsni`, `HOSTSNI` and `Hostsni`, but not `HostSni`.
pub(super) fn canonical(written: &str) -> Option<&'static str> {
    let (first, rest) = written.split_at_checked(1)?;
    let is_lower = |text: &str| !text.contains(|c: char| c.is_ascii_uppercase());
    let is_upper = |text: &str| !text.contains(|c: char| c.is_ascii_lowercase());
    let is_any_case = is_lower(rest) || (is_upper(first) && is_upper(rest));
    let all = [HTTP, HTTP2, HTTP3, TCP];
    all.into_iter()
        .flatten()
        .copied()
        .find(|name| *name == written || (is_any_case && name.eq_ignore_ascii_case(written)))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn names_as_traefik_knows_them() {
        for written in ["HostSNI", "hostsni", "HOSTSNI", "Hostsni"] {
            assert_eq!(canonical(written), Some("HostSNI"), "{written}");
        }
        for written in ["HostSni", "hostSNI", "hOSTSNI", "HOstSNI", "Sni", "", "ü"] {
            assert_eq!(canonical(written), None, "{written}");
        }
    }
}
