//! Pods whose images cannot be pulled, and whose failures have a registry's refusal in common.
//!
//! A check that uses this hints at `Event`, and for what serves a registry needs `hosts_and!`.

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::pull::{self, Sort};
use super::references;
use super::trouble::{Part, Trouble};
use super::workload::{Group, ailing};
use crate::checks::evidence::services::{behind, dns, host};
use crate::checks::evidence::siblings::{self, Siblings};

/// An image that cannot be pulled.
pub(in crate::checks) struct Unpulled<'a> {
    /// The container that has none.
    pub(in crate::checks) part: Part<'a>,
    /// kubelet's word.
    pub(in crate::checks) reason: &'a str,
    /// The registry's words.
    pub(in crate::checks) words: &'a str,
}

/// The pods that wait for an image, by their workloads.
pub(in crate::checks) fn pods<'a>(view: &View<'a>) -> Vec<Group<'a, Unpulled<'a>>> {
    ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Waiting(part, reason, said) if pull::REASONS.contains(&reason) => {
            let words = pull::said(view, pod, said);
            Some(Unpulled {
                part,
                reason,
                words,
            })
        }
        _ => None,
    })
}

/// The workloads that a registry refuses or does not answer, each with the registry; but for what is to run
/// that one.
pub(in crate::checks) fn refused(view: &View<'_>, groups: &[Group<'_, Unpulled<'_>>]) -> Siblings {
    let mut refused = Siblings::default();
    for group in groups.iter().filter(|group| !is_its_own(view, group)) {
        let Unpulled { part, words, .. } = group.cause;
        let told = match pull::sort(words) {
            Sort::Other => continue,
            // However it says that it has no time.
            Sort::Registry if siblings::alike(words).is_none() => "does not answer",
            _ => words,
        };
        let registry = pull::registry(&part.status.image);
        refused.add(group.workload.object.clone(), registry, told);
    }
    refused
}

/// What a pod's image is not pulled for, where that is no matter of credentials.
pub(in crate::checks) fn elsewhere(view: &View<'_>, pod: &Pod, words: &str) -> Vec<ObjectRef> {
    let mut all = Vec::new();
    if pull::sort(words) == Sort::Resolver {
        let servers = dns::servers(view).into_iter();
        all.extend(servers.map(|server| server.object));
    }
    if pull::is_of_node(words) {
        all.extend(references::node(&pod.spec));
    }
    all
}

/// What of the cluster serves the registry: Services and routes; where it does not answer, also what runs
/// behind these. What is to run the registry itself is not kept by its own Service.
pub(in crate::checks) fn served_by(
    view: &View<'_>,
    group: &Group<'_, Unpulled<'_>>,
) -> Vec<ObjectRef> {
    let mut all = hosts(view, group);
    if is_its_own(view, group) {
        all.retain(|object| *object.kind != *Service::KIND.name());
    } else if pull::sort(group.cause.words) == Sort::Registry {
        let behind: Vec<_> = all.iter().flat_map(|one| behind(view, one)).collect();
        all.extend(behind);
    }
    all
}

/// Whether a workload is to run the registry that it has its own image from.
fn is_its_own(view: &View<'_>, group: &Group<'_, Unpulled<'_>>) -> bool {
    let serving = hosts(view, group);
    let mut behind = serving.iter().flat_map(|one| behind(view, one));
    behind.any(|object| object == group.workload.object)
}

fn hosts(view: &View<'_>, group: &Group<'_, Unpulled<'_>>) -> Vec<ObjectRef> {
    let Unpulled { part, words, .. } = group.cause;
    let registry = pull::registry(&part.status.image);
    let hosts = std::iter::once(registry).chain(host::asked(words));
    host::behind(view, hosts, words)
}

fn behind(view: &View<'_>, object: &ObjectRef) -> Vec<ObjectRef> {
    match *object.kind == *Service::KIND.name() {
        true => behind::service(view, object.namespace(), &object.name).to_vec(),
        false => Vec::new(),
    }
}
