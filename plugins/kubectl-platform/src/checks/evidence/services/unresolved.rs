//! Names that the cluster's DNS did not resolve, as those say who asked.
//!
//! A check that uses this lists `seeing_pods!`, and hints at the kinds of sources, `Service`, `Node`,
//! `NetworkPolicy` and `Custom`.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use shared::facts::View;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::meta::condition;
use shared::facts::time::Time;
use shared::object::ObjectRef;

use super::{selection, users};
use crate::checks::evidence::pods::trouble::{Trouble, parts};
use crate::checks::evidence::pods::workload::{Workload, ailing};
use crate::checks::evidence::policies::{self, lookup};

/// One name alone, or one program, may have a fault of its own.
const ENOUGH: usize = 2;

/// Programs may start this long after their node, and find no names only then.
const REBOOTED: SignedDuration = SignedDuration::from_mins(10);

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
/// by their names. Where a policy may keep one from asking, what it says does not count; nor where all
/// are on some nodes and those on others resolve names.
pub(in crate::checks) fn by_programs(view: &View<'_>) -> Option<String> {
    let groups = ailing(view, |pod| Some(complaint(view, pod)?.1));
    let asking: Vec<_> = groups
        .iter()
        .map(|one| one.workload.object.clone())
        .collect();
    let names: BTreeSet<_> = groups.iter().map(|one| one.cause).collect();
    let names: Vec<_> = names.into_iter().take(3).collect();
    let pods = groups.iter().flat_map(|one| one.members());
    let nodes: BTreeSet<_> = pods.map(|(pod, _)| pod.spec.node_name.as_str()).collect();
    let (names, asking_all) = (names.join(", "), users::listed(&asking));
    (asking.len() >= ENOUGH && !is_resolved_beside(view, &nodes))
        .then(|| format!("{names}, which are there, for {asking_all}"))
}

/// Whether programs on other nodes resolve names, as far as can be seen: they are ready, and name
/// Services or are of a workload that complains here. Beside several nodes, or one that has just come back
/// with all of its programs, only those count that started since: of others nobody knows whether they would
/// find anything now.
pub(in crate::checks) fn is_resolved_beside(view: &View<'_>, nodes: &BTreeSet<&str>) -> bool {
    let complaining: Vec<_> = view
        .unsettled_pods()
        .filter(|pod| complaint(view, pod).is_some())
        .map(|pod| (Workload::of(view, pod).object, unready_since(pod)))
        .collect();
    let since = complaining.iter().map(|(_, since)| *since).min();
    let is_of_one = nodes.len() == 1 && !nodes.iter().any(|node| is_back(view, node, since));
    let needs_names = |pod: &Pod| {
        let mut variables = pod.spec.containers.iter().flat_map(|one| &one.env);
        let workload = Workload::of(view, pod).object;
        variables.any(|one| one.services.seen_from("").next().is_some())
            || complaining.iter().any(|(object, _)| *object == workload)
    };
    let tells = |pod: &Pod| {
        let running = parts(pod).filter_map(|part| part.status.state.running.as_ref());
        let started = running.map(|running| running.started_at).max();
        is_of_one || started > since
    };
    let mut beside = view.all::<Pod>().iter().filter(|pod| {
        let place = pod.spec.node_name.as_str();
        !place.is_empty() && !nodes.contains(place) && !pod.spec.host_network
    });
    beside.any(|pod| selection::is_ready(pod) && tells(pod) && needs_names(pod))
}

/// Whether a node became ready again about then, such as after a reboot.
fn is_back(view: &View<'_>, node: &str, then: Option<Time>) -> bool {
    let node = view.get::<Node>("", node);
    let ready = node.and_then(|node| condition(&node.status.conditions, "Ready"));
    let back = ready.and_then(|ready| ready.last_transition_time.0);
    let then = then.and_then(|then| then.0);
    back.zip(then)
        .is_some_and(|(back, then)| then.duration_since(back) < REBOOTED)
}

fn unready_since(pod: &Pod) -> Time {
    let ready = condition(&pod.status.conditions, "Ready");
    ready
        .map(|ready| ready.last_transition_time)
        .unwrap_or_default()
}

/// What a program ends for, where that is a Service which is there and that it does not find: the line,
/// and the name.
pub(in crate::checks) fn complaint<'a>(
    view: &View<'_>,
    pod: &'a Pod,
) -> Option<(&'a str, &'a str)> {
    let Trouble::Crashing(_, Some(end)) = Trouble::of(pod, view.now())? else {
        return None;
    };
    // On the network of its node it asks the node's resolver, which knows no Services.
    if pod.spec.host_network {
        return None;
    }
    let namespace = &pod.metadata.namespace;
    let mut lines = end.message.lines();
    let told = lines.find_map(|line| Some((line.trim(), service(view, namespace, line)?)))?;
    let is_free = policies::near(view, |one| one == namespace).is_empty();
    is_free.then_some(told)
}

/// The name in a line that tells of one which was not resolved, if it is that of a Service here.
fn service<'a>(view: &View<'_>, namespace: &str, line: &'a str) -> Option<&'a str> {
    let is_told = UNRESOLVED.iter().any(|words| line.contains(*words));
    if !is_told && lookup::failed(line, |_| true).is_none() {
        return None;
    }
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
