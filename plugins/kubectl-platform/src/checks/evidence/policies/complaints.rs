//! Programs that do not reach something, as they say, those that end for it and controllers: a network policy
//! may keep them.
//!
//! A check that uses this sees pods, and hints at `Service`, `Custom`, `Application`, both kinds of issuers
//! and the kinds of sources.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::ops::Deref;

use shared::facts::kinds::cert_manager::{ClusterIssuer, Issuer, IssuerFields};
use shared::facts::kinds::custom::Custom;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, View};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::internet;
use crate::checks::evidence::certificates::cert_manager;
use crate::checks::evidence::flux::sources;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::words::message;
use crate::checks::evidence::{argo, flux, operator};

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
    /// Whether it runs on, and only what it works on shows that.
    pub(super) is_controller: bool,
}

/// All of them.
pub(super) fn all(view: &View<'_>) -> Vec<Complaint> {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Crashing(_, end) => end.filter(|end| is_of_network(&end.message)),
        _ => None,
    });
    let ended = groups.into_iter();
    let ended = ended.map(|group| read(view, group.workload.object, &group.cause.message));
    let said = controllers(view).into_iter();
    let said = said.filter(|(_, words)| is_of_network(words));
    let said = said.map(|(by, words)| Complaint {
        is_controller: true,
        ..read(view, by, &words)
    });
    ended.chain(said).collect()
}

/// What controllers say that talk to what is outside of the cluster.
fn controllers<'a>(view: &View<'a>) -> Vec<(ObjectRef, Cow<'a, str>)> {
    let mut all = Vec::new();
    let mut add = |by: ObjectRef, said: Vec<&'a str>| {
        all.extend(said.into_iter().map(|words| (by.clone(), words.into())));
    };
    add(
        flux::controller(view, "source-controller"),
        sources::complaints(view),
    );
    for server in argo::REPO_SERVER.runs_in(view) {
        add(
            server,
            argo::complaints(view).map(|(_, words)| words).collect(),
        );
    }
    for issuing in cert_manager::issuing(view) {
        add(issuing.clone(), broken::<ClusterIssuer>(view).collect());
        add(issuing, broken::<Issuer>(view).collect());
    }
    for custom in view.all::<Custom>() {
        let health = custom.health(view.now());
        if health.status == Status::Failed && is_of_network(&health.message) {
            let operators = operator::operators(view, custom).into_iter();
            all.extend(operators.map(|by| (by, health.message.clone().into())));
        }
    }
    all
}

fn broken<'a, F: Fact + Deref<Target = IssuerFields>>(
    view: &View<'a>,
) -> impl Iterator<Item = &'a str> {
    let ready = view.all::<F>().iter();
    let ready = ready.filter_map(|one| condition(&one.status.conditions, "Ready"));
    let failed = ready.filter(|ready| ready.is_false());
    failed.map(|ready| ready.message.as_str())
}

fn read(view: &View<'_>, by: ObjectRef, words: &str) -> Complaint {
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
        is_controller: false,
    }
}

fn is_of_network(said: &str) -> bool {
    // What is in the same pod no policy keeps away.
    let is_own = ["127.0.0.1", "localhost", "[::1]"];
    let mut words = WORDS.into_iter();
    words.any(|words| said.contains(words)) && !is_own.iter().any(|own| said.contains(own))
}
