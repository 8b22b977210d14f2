//! Pods whose images cannot be pulled, and whose failures have a registry's refusal in common.
//!
//! A check that uses this hints at `Event`.

use shared::facts::View;

use super::pull::{self, Sort};
use super::siblings::Siblings;
use super::trouble::{Part, Trouble};
use super::workload::{Group, ailing};

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

/// The workloads that a registry refuses, each with the registry.
pub(in crate::checks) fn refused(groups: &[Group<'_, Unpulled<'_>>]) -> Siblings {
    let mut refused = Siblings::default();
    for group in groups {
        let Unpulled { part, words, .. } = group.cause;
        if pull::sort(words) == Sort::Credentials {
            let registry = pull::registry(&part.status.image);
            refused.add(group.workload.object.clone(), registry, words);
        }
    }
    refused
}
