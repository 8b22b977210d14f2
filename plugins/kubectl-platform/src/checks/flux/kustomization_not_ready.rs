//! flux/kustomization-not-ready: A Kustomization was not applied.
//!
//! kustomize-controller could not fetch, build, decrypt, apply or see through what the
//! Kustomization describes, or it waits for another one that is not ready. Until it is mended,
//! changes in Git do not reach the cluster.
//!
//! Flux tries again by itself, so mend the cause in Git or in the cluster. `flux diff kustomization`
//! shows what would be applied, `flux build kustomization` what is built; neither decrypts: whether each file opens
//! with the cluster's key is told by `flux sops-age check`.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::dependent::{self, Dependent};
use crate::checks::evidence::flux::{api_server, applied, kustomization};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut siblings = Siblings::default();
    let unanswered = api_server::unanswered(view);
    for kustomization in view.all::<Kustomization>() {
        let health = dependent::health(view, kustomization);
        if let Some((place, said)) = kustomization::in_common(kustomization, &health) {
            siblings.add(kustomization.reference(), &place, said);
        }
    }
    for kustomization in view.all::<Kustomization>() {
        let health = dependent::health(view, kustomization);
        let text = kustomization.complaint(&health);
        let suspects = kustomization::suspects(view, kustomization, &health);
        let Some(finding) = found.unwell(kustomization, &health, text) else {
            continue;
        };
        finding.remedy(kustomization::remedy(kustomization, &health));
        let object = kustomization.reference();
        match health.reason.as_str() {
            "DependencyNotReady" => finding.blames = dependent::awaited(kustomization, suspects),
            // The objects that it names are those that did not become ready.
            "HealthCheckFailed" => {
                finding.blames = message::suspects(view, &object, &health.message);
                let workloads = applied::made_of(view, &finding.blames);
                finding.suspect(suspects).suspect(workloads);
            }
            _ => {
                finding.blames = message::absentees(&object, &health.message);
                finding.suspect(suspects).suspect(siblings.of(&object));
                finding.suspect(unanswered.of(&object));
            }
        }
    }
}
