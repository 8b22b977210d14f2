//! cluster/namespace-stuck: A namespace that was deleted does not go.
//!
//! Something in it cannot be deleted: an object holds a finalizer whose controller is gone, or an
//! aggregated API does not answer, so that nobody knows what is left. Until it is gone nothing new can
//! be made in a namespace of that name.
//!
//! Bring back the controller or the API that the message names. What is left is told by
//! `kubectl get namespace NAME -o jsonpath='{.status.conditions}'`; take finalizers off by hand only when nobody else
//! can.

use shared::facts::kinds::api::ApiService;
use shared::facts::kinds::core::Namespace;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::pods::trouble::is_late;
use crate::checks::evidence::words::remedy::command;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = &[live(Kind::Namespace), live(Kind::ApiService).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for namespace in view.all::<Namespace>() {
        let since = namespace.metadata.deletion_timestamp;
        if !is_late(since, view.now()) {
            continue;
        }
        let held: Vec<&str> = namespace
            .status
            .conditions
            .iter()
            .filter(|condition| condition.is_true())
            .map(|condition| condition.message.as_str())
            .collect();
        let name = &namespace.metadata.name;
        let lasting = lasting(since, view.now());
        let why = if held.is_empty() {
            namespace.metadata.finalizers.join(", ")
        } else {
            held.join("; ")
        };
        let finding = found.error(
            namespace,
            format!("namespace {name} is being deleted{lasting}: {why}"),
        );
        finding.remedy(command!(
            "kubectl get namespace {} -o jsonpath='{{.status.conditions}}'",
            name
        ));
        let is_named =
            |api: &&ApiService| why.contains(&format!("{}/{}", api.spec.group, api.spec.version));
        finding.suspect(
            view.all::<ApiService>()
                .iter()
                .filter(is_named)
                .map(Fact::reference),
        );
    }
}
