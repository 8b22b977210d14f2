//! Programs that end because, as they say, they do not reach something: a network policy may keep them.
//!
//! A check that uses this sees pods, and hints at `Service` and `Custom`.

use std::net::SocketAddr;

use shared::facts::kinds::pod::Terminated;
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

use super::trouble::Trouble;
use super::workload::ailing;
use super::{internet, message};

/// Words of many languages' libraries for a connection that does not come about, or a name that nobody
/// resolves. Some networks refuse what a policy forbids instead of dropping it.
const WORDS: [&str; 17] = [
    "i/o timeout",
    "timed out",
    "timeout",
    "deadline exceeded",
    "ETIMEDOUT",
    "EAI_AGAIN",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ECONNREFUSED",
    "connection refused",
    "Connection refused",
    "no route to host",
    "network is unreachable",
    "name resolution",
    "could not translate host name",
    "UnknownHostException",
    "lookup ",
];

/// A program that says so.
pub(super) struct Complaint {
    /// Its workload.
    pub(super) by: ObjectRef,
    /// The Services that it names, which may be that of the cluster's DNS.
    pub(super) services: Vec<ObjectRef>,
    /// The port of the address on the internet that it names.
    pub(super) port_outside: Option<i64>,
}

/// All of them.
pub(super) fn all(view: &View<'_>) -> Vec<Complaint> {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Crashing(_, end) => end.filter(|end| is_of_network(end)),
        _ => None,
    });
    let read = groups.into_iter().map(|group| {
        let words = group.cause.message.as_str();
        let by = group.workload.object;
        let mut services = message::suspects(view, &by, words);
        services.retain(|object| object.kind == Kind::Service.name());
        let split = |c: char| c.is_whitespace() || "(),/\"'".contains(c);
        let mut words = words
            .split(split)
            .map(|word| word.trim_end_matches([':', '.']));
        let port_outside = words
            .find_map(|word| word.parse::<SocketAddr>().ok())
            .filter(|address| services.is_empty() && !internet::is_private(address.ip()))
            .map(|address| address.port().into());
        Complaint {
            by,
            services,
            port_outside,
        }
    });
    read.collect()
}

fn is_of_network(end: &Terminated) -> bool {
    // What is in the same pod no policy keeps away.
    let is_own = ["127.0.0.1", "localhost", "[::1]"];
    let mut words = WORDS.into_iter();
    words.any(|words| end.message.contains(words))
        && !is_own.iter().any(|own| end.message.contains(own))
}
