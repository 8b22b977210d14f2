//! flux/kustomization-not-ready: A Kustomization was not applied.
//!
//! kustomize-controller could not build, decrypt, apply or see through what the Kustomization
//! describes. Until it is mended, changes in Git do not reach the cluster.
//!
//! Read the message, mend it in Git, and reconcile:
//! `flux reconcile kustomization NAME --with-source`.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::meta::condition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for kustomization in view.all::<Kustomization>() {
        let ready = condition(&kustomization.status.conditions, "Ready");
        if let Some(ready) = ready.filter(|ready| ready.is_false() && !kustomization.spec.suspend) {
            found.error(kustomization, format!("{}: {}", ready.reason, ready.message));
        }
    }
}
