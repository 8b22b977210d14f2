//! operators/resource-failed: What an operator manages is not as it is to be.
//!
//! A database cluster, a cache, a storage cluster, a backup or any other custom resource says in its
//! status that it failed, or has been on its way for too long.
//!
//! Read its status and the operator's log; the workloads that it owns tell more.

use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::Status;

use crate::checks::evidence::pods::rollout;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::{events, object_store, operator};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::Pod).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::ExternalSecret).hint(),
    live(Kind::Service).hint(),
    live(Kind::Event).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for custom in view.all::<Custom>() {
        let Some(health) = operator::unwell(view, custom) else {
            if let Some(gap) = operator::untold(view, custom) {
                found.skip(gap);
            }
            continue;
        };
        let object = custom.reference();
        let event = events::beyond(view, &object, &health.message);
        let said = [&*health.reason, &*health.message, event.unwrap_or_default()];
        let said = said.into_iter().filter(|part| !part.is_empty());
        let text = said.collect::<Vec<_>>().join(": ");
        let named = message::suspects(view, &object, &text);
        let own = operator::suspects(view, custom, &text);
        let stores = object_store::needed(view, custom, &text);
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
            finding
                .suspect(named)
                .suspect(own)
                .suspect(stores)
                .remedy(remedy::describe(&object));
        }
    }
}
