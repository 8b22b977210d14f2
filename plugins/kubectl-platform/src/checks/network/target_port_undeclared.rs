//! network/target-port-undeclared: A Service leads to a port that its pods do not declare.
//!
//! A container may listen on a port that it does not declare, so that this may be well. But where
//! it declares others, the number is mostly a slip, and connections are refused. It certainly is one
//! where the pods have a port that is called as the Service's, and something needs the Service.
//!
//! Compare `targetPort` with the `containerPort`s of the workload.

use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::services::users::{Users, users_and};
use crate::checks::evidence::services::{ports, selection};

pub(super) const NEEDS: &[Need] = users_and![declared(Kind::Service), live(Kind::Pod).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let users = Users::of(view, &makers);
    for service in view
        .all::<Service>()
        .iter()
        .filter(|s| s.spec.cluster_ip != "None")
    {
        let Some(pod) = selection::pods(view, service).next() else {
            continue;
        };
        // A container that declares nothing may listen on anything.
        let tells_all = pod
            .spec
            .containers
            .iter()
            .all(|container| !container.ports.is_empty());
        let declared: Vec<_> = ports::serving(pod)
            .flat_map(|container| &container.ports)
            .collect();
        let numbers: Vec<_> = declared.iter().map(|port| port.container_port).collect();
        let unknown = service
            .spec
            .ports
            .iter()
            .find_map(|port| match port.target_port {
                Some(IntOrString::Int(target)) if !numbers.contains(&target) => {
                    Some((port, target))
                }
                _ => None,
            });
        if let Some((port, target)) = unknown.filter(|_| tells_all) {
            let known: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            let told = format!(
                "port {} leads to port {target}, but its pods declare {}",
                port.port,
                known.join(", ")
            );
            let mut declared = declared.iter();
            let is_slip = declared.any(|other| !port.name.is_empty() && other.name == port.name);
            let is_error = is_slip && !users.needing(service).is_empty();
            found.about(Level::error_if(is_error), service, told);
        }
    }
}
