//! network/service-without-endpoints: Nothing is behind a Service.
//!
//! Connections to it are refused or time out: none of the pods that it selects is ready, or there
//! are none, or nobody wrote the endpoints of a Service without selector.
//!
//! The pods are the place to look at: `kubectl get pods -n NAMESPACE`, and what was found about
//! their workload.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::pods::workload::Workload;
use crate::checks::evidence::services::endpoints::{self, Behind};
use crate::checks::evidence::services::users::{self, Users, users_and};
use crate::checks::evidence::services::{ports, selection};

pub(super) const NEEDS: &[Need] = users_and![
    live(Kind::Service),
    live(Kind::EndpointSlice).lookup(),
    live(Kind::Pod).lookup(),
    declared(Kind::ReplicaSet).hint(),
    declared(Kind::Job).hint(),
    declared(Kind::CronJob).hint(),
    live(Kind::Node).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let all_users = Users::of(view, &makers);
    // Where a node went down, its pods are made anew elsewhere, and the endpoints follow.
    let nodes = || view.all::<Node>().iter().map(Fact::reference);
    for service in view.all::<Service>() {
        match endpoints::look(view, &makers, service) {
            Behind::Something | Behind::ScaledToZero(_) | Behind::NothingSelected => {}
            Behind::Unready(pods) => {
                let names: Vec<_> = pods.iter().map(|pod| pod.metadata.name.as_str()).collect();
                let told = format!("none of its pods is ready: {}", names.join(", "));
                let workloads = pods.iter().map(|pod| Workload::of(view, pod).object);
                let level = selection::level_of_unready(&pods, view.now());
                found.about(level, service, told).suspect(workloads);
            }
            Behind::NoPods(makers) => {
                let names: Vec<_> = makers.iter().map(|maker| maker.object.clone()).collect();
                let told = format!("{} has no pods", users::listed(&names));
                found.error(service, told).suspect(names).suspect(nodes());
            }
            // A port that no pod has a name for: network/port-unserved tells.
            Behind::Unlisted if ports::lacks_port(view, service) => {}
            Behind::Unlisted => {
                let told = "has ready pods, but none of them is an endpoint of it";
                found.error(service, told).suspect(nodes());
            }
            Behind::NothingWritten => {
                let users = all_users.needing(service);
                if !users.is_empty() {
                    let told = "has no selector, and there is no EndpointSlice for it";
                    found.error(
                        service,
                        format!("{told}; {} needs it", users::listed(&users)),
                    );
                }
            }
        }
    }
}
