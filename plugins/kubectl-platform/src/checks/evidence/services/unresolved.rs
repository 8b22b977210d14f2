//! Names that the cluster's DNS did not resolve, as those say who asked.
//!
//! A check that uses this lists `seeing_pods!`, and hints at the kinds of sources, `Service`,
//! `NetworkPolicy` and `Custom`.

use std::collections::BTreeSet;

use shared::facts::View;
use shared::facts::kinds::service::Service;
use shared::object::ObjectRef;

use super::users;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::policies::{self, lookup};

/// One name alone, or one program, may have a fault of its own.
const ENOUGH: usize = 2;

/// What programs say of a name that they cannot resolve: of the C library, Go, Node.js and Java.
const UNRESOLVED: [&str; 8] = [
    "no such host",
    "server misbehaving",
    "EAI_AGAIN",
    "ENOTFOUND",
    "Name or service not known",
    "Temporary failure in name resolution",
    "Name does not resolve",
    "UnknownHostException",
];

/// What sources got no answer for, as their complaints say, where the DNS of this Service was asked.
pub(in crate::checks) fn by_sources(
    view: &View<'_>,
    said: &[&str],
    service: &ObjectRef,
) -> Option<String> {
    let own = view
        .get::<Service>(service.namespace(), &service.name)
        .map(|one| one.spec.cluster_ip.as_str());
    // Of the range of Services, if by an address that it had before; a cache on each node has its own.
    let is_asked = |address: &str| {
        own.is_some_and(|own| lookup::is_of_range(address, own)) || lookup::is_cache(address)
    };
    let failed: Vec<_> = said
        .iter()
        .filter_map(|message| lookup::failed(message, is_asked))
        .collect();
    let names: BTreeSet<_> = failed.iter().map(|(name, _)| *name).collect();
    let (_, why) = failed.first()?;
    let listed: Vec<_> = names.iter().take(3).copied().collect();
    (names.len() >= ENOUGH).then(|| format!("{}: {why}", listed.join(", ")))
}

/// The Services of this cluster, each with an address, that programs of several workloads do not find
/// by their names. Where a policy may keep one from asking, what it says does not count.
pub(in crate::checks) fn by_programs(view: &View<'_>) -> Option<String> {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Crashing(_, Some(end)) => {
            let namespace = &pod.metadata.namespace;
            let is_free = policies::near(view, |one| one == namespace).is_empty();
            let mut lines = end.message.lines();
            lines.find_map(|line| service(view, namespace, line).filter(|_| is_free))
        }
        _ => None,
    });
    let asking: Vec<_> = groups
        .iter()
        .map(|one| one.workload.object.clone())
        .collect();
    let names: BTreeSet<_> = groups.iter().map(|one| one.cause).collect();
    let names: Vec<_> = names.into_iter().take(3).collect();
    let (names, asking_all) = (names.join(", "), users::listed(&asking));
    (asking.len() >= ENOUGH).then(|| format!("{names}, which are there, for {asking_all}"))
}

/// The name in a line that tells of one which was not resolved, if it is that of a Service here.
fn service<'a>(view: &View<'_>, namespace: &str, line: &'a str) -> Option<&'a str> {
    UNRESOLVED.iter().find(|words| line.contains(**words))?;
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let mut names = line.split(|c: char| !is_of_name(c));
    names.find(|name| {
        let mut parts = name.trim_end_matches('.').split('.');
        let service = parts.next().unwrap_or_default();
        let namespace = parts.next().unwrap_or(namespace);
        let is_here = parts.next().is_none_or(|part| part == "svc");
        let found = view.get::<Service>(namespace, service);
        is_here && found.is_some_and(|one| one.spec.cluster_ip.contains(['.', ':']))
    })
}
