//! cluster/api-service-unavailable: An aggregated API does not answer.
//!
//! The API server passes requests for this group on to a Service in the cluster, and gets no answer.
//! What uses the group fails (`kubectl top`, autoscalers), and so does what lists all groups: deleting
//! namespaces, garbage collection, some controllers' start.
//!
//! Look at the workload behind the Service that the message names; where it was removed for good,
//! remove the APIService too: `kubectl delete apiservice NAME`. Where its certificate is not trusted, what serves
//! it mostly makes a new one when it is restarted.

use shared::facts::kinds::api::ApiService;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::services::behind;
use crate::checks::evidence::trust::{self, Trust};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] =
    seeing_pods![live(Kind::ApiService), declared(Kind::Service).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for api in view.all::<ApiService>() {
        let available = condition(&api.status.conditions, "Available");
        let Some(broken) = available.filter(|available| !available.is_true()) else {
            continue;
        };
        let group = format!("{}/{}", api.spec.group, api.spec.version);
        let message = format!(
            "API {group} does not answer: {}: {}",
            broken.reason, broken.message
        );
        // While its pods are replaced nobody answers for a moment.
        let health = api.health(view.now());
        let Some(finding) = found.unwell(api, &health, message) else {
            continue;
        };
        finding.remedy(command!(
            "kubectl get apiservice {} -o yaml",
            api.metadata.name
        ));
        if let Some(service) = &api.spec.service {
            let service = Kind::Service.object(&service.namespace, &service.name);
            finding.suspect([service.clone()]);
            if let Some(doubt) = trust::doubt(&broken.message) {
                let trust = Trust::of(view, (&api.reference(), &api.metadata), &service, doubt);
                finding.suspect(trust.keepers).remedy(trust.remedy);
            } else {
                finding.suspect(
                    behind::service(view, service.namespace(), &service.name)
                        .iter()
                        .cloned(),
                );
            }
        }
    }
}
