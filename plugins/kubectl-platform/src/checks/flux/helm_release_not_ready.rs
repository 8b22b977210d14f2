//! flux/helm-release-not-ready: A HelmRelease was not installed or upgraded.
//!
//! helm-controller could not get the chart or the values, or Helm could not install, upgrade or
//! test the release, mostly because what it installed did not become ready in time. It may have
//! rolled back to the version before.
//!
//! Mend the cause, then let it try again: once its retries are used up it only does so when told,
//! `flux reconcile helmrelease NAME --reset`.

use shared::facts::kinds::flux_apply::HelmRelease;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::dependent::{self, Dependent};
use crate::checks::evidence::flux::{self, api_server, release};
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::HelmRelease),
    live(Kind::Kustomization).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let unanswered = api_server::unanswered(view);
    for release in view.all::<HelmRelease>() {
        let health = dependent::health(view, release);
        let text = release.complaint(&health);
        let suspects = release::suspects(view, release, &health, &text);
        let absentees = message::absentees(&release.reference(), &text);
        let Some(finding) = found.unwell(release, &health, text) else {
            continue;
        };
        let remedy = flux::try_again("helmrelease", release, &health);
        let is_given_up = health.reason == "RetriesExceeded" && remedy.starts_with("flux ");
        finding.remedy(remedy + if is_given_up { " --reset" } else { "" });
        if health.reason == "DependencyNotReady" {
            finding.blames = dependent::awaited(release, suspects);
        } else {
            finding.blames = absentees;
            finding.suspect(suspects);
            finding.suspect(unanswered.of(&release.reference()));
        }
    }
}
