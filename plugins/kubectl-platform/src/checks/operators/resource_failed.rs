//! operators/resource-failed: What an operator manages is not as it is to be.
//!
//! A database cluster, a cache, a storage cluster, a backup or any other custom resource says in its
//! status that it failed, or has been on its way for too long.
//!
//! Read its status and the operator's log; the workloads that it owns tell more.

use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};

use crate::checks::evidence::remedy;
use crate::checks::evidence::{message, operator, rollout, superseded};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::Pod).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::Service).hint(),
    live(Kind::Event).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for custom in view.all::<Custom>() {
        let mut health = custom.health(view.now());
        if !matches!(health.status, Status::Failed | Status::InProgress) {
            continue;
        }
        if health.reason == "NoStatus" {
            // Of a kind that nobody reports on none has a status.
            if !has_status_elsewhere(view, custom) {
                continue;
            }
            health = health.since(custom.metadata.creation_timestamp);
        }
        if health.status == Status::Failed && superseded::by_later(view, custom, view.now()) {
            continue;
        }
        let object = custom.reference();
        let event = view.warnings_about(&object).next();
        let event = event.filter(|event| !health.message.contains(&event.message));
        let said = [
            Some(health.reason.as_str()),
            Some(health.message.as_str()),
            event.map(|event| event.message.as_str()),
        ];
        let said: Vec<_> = said
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        let text = said.join(": ");
        let mut suspects = message::suspects(view, &object, &text);
        suspects.extend(operator::named_by_kind(view, custom, &text));
        let parts = operator::parts(view, custom);
        if parts.is_empty() {
            suspects.extend(operator::wholes(view, custom));
        }
        suspects.extend(parts);
        suspects.extend(operator::operators(view, custom));
        let is_undated = health.status == Status::InProgress
            && health.since == custom.metadata.creation_timestamp;
        let finding = if health.reason.ends_with("_WARN") {
            // Ceph's own word for what needs care and still works.
            Some(found.about(Level::Warning, custom, text))
        } else if is_undated && rollout::has_new_pods(view, &object) {
            // Nobody says since when; its pods are just being replaced.
            Some(found.about(Level::Info, custom, text))
        } else {
            found.unwell(custom, &health, text)
        };
        if let Some(finding) = finding {
            finding.suspect(suspects).remedy(remedy::describe(&object));
        }
    }
}

/// Whether others of the kind have a status.
fn has_status_elsewhere(view: &View<'_>, custom: &Custom) -> bool {
    let mut others = view.all::<Custom>().iter();
    others.any(|other| {
        let is_same_kind = other.kind == custom.kind && other.api_version == custom.api_version;
        let status = &other.status;
        let has_status = !status.conditions().is_empty() || !status.scalars.is_empty();
        is_same_kind && has_status && other.metadata != custom.metadata
    })
}
