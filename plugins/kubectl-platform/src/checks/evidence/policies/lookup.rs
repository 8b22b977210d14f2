//! What messages tell of names that were looked up.

/// What a server's own failure looks like; that there is no such host is an answer.
const FAILURES: [&str; 4] = [
    "server misbehaving",
    "i/o timeout",
    "connection refused",
    "SERVFAIL",
];

/// Where caches of DNS on each node listen.
/// See <https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/>.
const CACHES: &str = "169.254";

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

/// Whether two addresses are of one range, as all Services' are.
pub(in crate::checks) fn is_of_range(one: &str, other: &str) -> bool {
    range(one) == range(other)
}

/// Whether a cache on the node was asked.
pub(in crate::checks) fn is_cache(address: &str) -> bool {
    range(address) == CACHES
}

/// The first two numbers of an address: Services have theirs from one range.
fn range(address: &str) -> &str {
    let mut dots = address.match_indices('.').skip(1);
    dots.next().map_or(address, |(at, _)| &address[..at])
}
