//! operators/api-unavailable: An API that a Service behind the API server serves does not answer.
//!
//! Requests for its kinds fail (`kubectl top`, autoscaling by metrics), the deletion of namespaces
//! hangs, and tools that discover all kinds complain.
//!
//! Look at the Service that is named and the pods behind it.

use shared::facts::kinds::api::ApiService;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::{behind, message};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::ApiService),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
    live(Kind::Pod).hint(),
    live(Kind::ReplicaSet).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::CronJob).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for api in view.all::<ApiService>() {
        let health = api.health(view.now());
        let text = format!("{}: {}", health.reason, health.message);
        let mut suspects = message::suspects(view, &api.reference(), &text);
        if let Some(service) = &api.spec.service {
            suspects.push(Kind::Service.object(&service.namespace, &service.name));
            suspects.extend(behind::service(view, &service.namespace, &service.name));
        }
        if let Some(finding) = found.unwell(api, &health, text) {
            let name = &api.metadata.name;
            finding.suspect(suspects).remedy(format!("kubectl describe apiservice {name}"));
        }
    }
}
