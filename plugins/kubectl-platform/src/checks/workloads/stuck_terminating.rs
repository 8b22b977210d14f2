//! workloads/stuck-terminating: A pod that was deleted does not go.
//!
//! Its time to stop is long over. Either its node does not answer (nobody can say whether it still
//! runs), or a finalizer holds it, or a volume cannot be unmounted. A StatefulSet makes no new pod of
//! the name until the old one is gone.
//!
//! Mend or delete the node first. Only where the node is certainly down:
//! `kubectl -n NAMESPACE delete pod POD --force`.

use shared::facts::{Fact, Need, View};
use shared::finding::Findings;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::workload::named;
use crate::checks::evidence::pods::{leaving, references};
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = pods_and![];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in leaving::all(view) {
        let Some(pod) = one.pods.first() else {
            continue;
        };
        let held = match pod.metadata.finalizers.join(", ") {
            finalizers if finalizers.is_empty() => String::new(),
            finalizers => format!(", held by finalizer {finalizers}"),
        };
        let lasting = lasting(pod.metadata.deletion_timestamp, view.now());
        let message = format!("is being deleted{lasting}{held}: {}", named(&one.pods));
        let finding = one.about.about(found, one.level, message);
        finding.remedy(remedy::describe(&pod.reference()));
        let nodes = one
            .pods
            .iter()
            .filter_map(|pod| references::node(&pod.spec));
        for node in nodes.filter(|_| held.is_empty()) {
            finding.blame(node);
        }
    }
}
