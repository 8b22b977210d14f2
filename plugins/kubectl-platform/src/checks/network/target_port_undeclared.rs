//! network/target-port-undeclared: A Service leads to a port that its pods do not declare.
//!
//! A container may listen on a port that it does not declare, so that this may be well. But where
//! it declares others, the number is mostly a slip, and connections are refused.
//!
//! Compare `targetPort` with the `containerPort`s of the workload.

use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::{ports, selection};

pub(super) const NEEDS: &[Need] = &[declared(Kind::Service), live(Kind::Pod).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
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
            .map(|port| port.container_port)
            .collect();
        let unknown = service
            .spec
            .ports
            .iter()
            .find_map(|port| match port.target_port {
                Some(IntOrString::Int(target)) if !declared.contains(&target) => {
                    Some((port, target))
                }
                _ => None,
            });
        if let Some((port, target)) = unknown.filter(|_| tells_all) {
            let known: Vec<_> = declared.iter().map(ToString::to_string).collect();
            let told = format!(
                "port {} leads to port {target}, but its pods declare {}",
                port.port,
                known.join(", ")
            );
            found.warning(service, told);
        }
    }
}
