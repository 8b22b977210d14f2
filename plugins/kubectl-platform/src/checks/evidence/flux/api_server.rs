//! What Flux could not apply because the API server answers nobody, no longer knows who asks, or does
//! not allow it.
//!
//! A check that uses this hints at `Kustomization` and `HelmRelease`.

use shared::facts::View;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::health::Status;

use super::dependent::Dependent;
use crate::checks::evidence::siblings::{Siblings, account};

/// Words for it, whatever was asked for.
const WORDS: &[&str] = &[
    "etcdserver: ",
    "etcd leader changed",
    "Kubernetes cluster unreachable",
    "unable to return a response in the time allotted",
    "client connection lost",
    "asked for the client to provide credentials",
];

/// All that fails for it: one stands for the others.
pub(in crate::checks) fn unanswered(view: &View<'_>) -> Siblings {
    let mut siblings = Siblings::default();
    each::<Kustomization>(view, &mut siblings);
    each::<HelmRelease>(view, &mut siblings);
    siblings
}

fn each<F: Dependent>(view: &View<'_>, siblings: &mut Siblings) {
    for object in view.all::<F>() {
        let health = object.health(view.now());
        let text = object.complaint(&health);
        if health.status != Status::Failed {
            continue;
        }
        if account(&text).is_some() {
            siblings.add(object.reference(), "", &text);
        } else if is_told(&text) {
            siblings.add(object.reference(), "", "the API server does not answer");
        }
    }
}

fn is_told(text: &str) -> bool {
    // A registry's refusal has its number: `401 Unauthorized`.
    WORDS.iter().any(|words| text.contains(words)) || text.ends_with(": Unauthorized")
}
