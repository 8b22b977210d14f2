//! What messages tell of names that were looked up.

use std::net::IpAddr;

use crate::checks::evidence::services::host;

/// What a server's own failure looks like; that there is no such host is an answer.
const FAILURES: [&str; 4] = [
    "server misbehaving",
    "i/o timeout",
    "connection refused",
    "SERVFAIL",
];

/// The name and the failure of `lookup NAME on ADDRESS:53: FAILURE`, where the cluster's DNS was asked.
pub(in crate::checks) fn failed(
    message: &str,
    is_asked: impl Fn(&str) -> bool,
) -> Option<(&str, &str)> {
    let (_, rest) = message.split_once("lookup ")?;
    let (name, rest) = rest.split_once(" on ")?;
    let (address, why) = rest.split_once(":53: ")?;
    let failure = FAILURES.iter().find(|failure| why.contains(**failure))?;
    let start = why.find(failure)?;
    is_asked(address).then(|| (name, &why[start..start + failure.len()]))
}

/// Whether two addresses are of one range, as all Services' are: in the first two numbers of IPv4; of IPv6
/// such a range is at most a /108.
pub(in crate::checks) fn is_of_range(one: &str, other: &str) -> bool {
    match (host::address(one), host::address(other)) {
        (Some(IpAddr::V4(one)), Some(IpAddr::V4(other))) => {
            one.octets()[..2] == other.octets()[..2]
        }
        (Some(IpAddr::V6(one)), Some(IpAddr::V6(other))) => {
            one.segments()[..6] == other.segments()[..6]
        }
        _ => false,
    }
}

/// Whether a cache on the node was asked, which listens where no other machine reaches it.
/// See <https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/>.
pub(in crate::checks) fn is_cache(address: &str) -> bool {
    match host::address(address) {
        Some(IpAddr::V4(address)) => address.is_link_local(),
        Some(IpAddr::V6(address)) => address.is_unicast_link_local(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_that_were_asked() {
        let message = "dial tcp: lookup ghcr.io on [fd00:43::a]:53: server misbehaving";
        let is_own = |address: &str| is_of_range(address, "fd00:43::20");
        assert_eq!(
            failed(message, is_own),
            Some(("ghcr.io", "server misbehaving"))
        );
        assert!(!is_of_range("[fd00:44::a]", "fd00:43::20"));
        assert!(is_of_range("10.43.0.10", "10.43.7.1"));
        assert!(!is_of_range("10.43.0.10", "10.44.0.10"));
        assert!(!is_of_range("", ""));
        assert!(is_cache("169.254.20.10"));
        assert!(is_cache("[fe80::1]"));
        assert!(!is_cache("10.43.0.10"));
    }
}
