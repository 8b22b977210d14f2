//! workloads/autoscaler-blind: An autoscaler does not see what it is to scale by.
//!
//! The HorizontalPodAutoscaler cannot read its metrics or its target, so it keeps the number of pods
//! as it is, whatever the load. Mostly metrics-server (or another metrics API) is down, the pods ask
//! for no CPU, or none of them is ready.
//!
//! Ask what it says: `kubectl -n NAMESPACE describe hpa NAME`, and whether the metrics API answers:
//! `kubectl top pods -A`.

use shared::facts::kinds::scaling::HorizontalPodAutoscaler;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::pods::trouble::is_late;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::HorizontalPodAutoscaler)];

/// The conditions that must hold, see
/// <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>.
const MUST_HOLD: [&str; 2] = ["AbleToScale", "ScalingActive"];

/// The APIs that serve metrics.
const METRICS: [&str; 3] = [
    "v1beta1.metrics.k8s.io",
    "v1beta1.custom.metrics.k8s.io",
    "v1beta1.external.metrics.k8s.io",
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for scaler in view.all::<HorizontalPodAutoscaler>() {
        let conditions = MUST_HOLD
            .iter()
            .filter_map(|name| condition(&scaler.status.conditions, name));
        let mut broken = conditions.filter(|condition| {
            // A target that is scaled to nothing is meant to rest.
            condition.is_false()
                && condition.reason != "ScalingDisabled"
                && is_late(condition.last_transition_time, view.now())
        });
        let Some(broken) = broken.next() else {
            continue;
        };
        let meta = scaler.meta();
        let target = &scaler.spec.scale_target_ref;
        let message = format!(
            "cannot scale {} {}: {}: {}",
            target.kind, target.name, broken.reason, broken.message
        );
        let finding = found.warning(scaler, message);
        finding.remedy(remedy::describe(&scaler.reference()));
        finding.suspect(
            METRICS.map(|name| ObjectRef::new("apiregistration.k8s.io/v1", "APIService", "", name)),
        );
        finding.suspect([ObjectRef::new(
            target.api_version.clone(),
            target.kind.clone(),
            &meta.namespace,
            target.name.clone(),
        )]);
    }
}
