//! network/named-service-missing: A workload that does not run is told to use a Service that does not exist.
//!
//! A variable of its environment names the Service (`NAME.NAMESPACE.svc`, or a host such as `postgresql`),
//! so that the name cannot be resolved. That it does not run may have another reason; this is one.
//!
//! Correct the name, or find out what should have made the Service.

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::exit::{self, Sort};
use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::trouble::Trouble;
use crate::checks::evidence::workload::by_workload;

pub(super) const NEEDS: &[Need] = pods_and![declared(Kind::Service).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let gives_up = |pod: &&Pod| match Trouble::of(pod, view.now()) {
        Some(Trouble::Crashing(part, end)) => !part.is_init && exit::sort(end) == Sort::GaveUp,
        Some(Trouble::Unready) => true,
        _ => false,
    };
    let pods = view.all::<Pod>().iter().filter(gives_up).map(|pod| (pod, ()));
    let mut missing: Vec<(String, String, Vec<String>, String)> = Vec::new();
    for group in by_workload(view, pods) {
        let Some((pod, ())) = group.pods.first() else {
            continue;
        };
        for variable in pod.spec.containers.iter().flat_map(|container| &container.env) {
            for (namespace, name) in variable.services.seen_from(&pod.metadata.namespace) {
                if view.get::<Service>(namespace, name).is_some() {
                    continue;
                }
                let by = group.workload.object.to_string();
                let known = missing.iter_mut().find(|known| known.0 == namespace && known.1 == name);
                match known {
                    Some((_, _, users, _)) if users.contains(&by) => {}
                    Some((_, _, users, _)) => users.push(by),
                    None => {
                        let names = (namespace.to_owned(), name.to_owned());
                        missing.push((names.0, names.1, vec![by], variable.name.to_string()));
                    }
                }
            }
        }
    }
    for (namespace, name, users, variable) in missing {
        let users = users.join(", ");
        let told = format!("Service {name} does not exist in namespace {namespace}, and {variable} of {users} names it");
        let object = Kind::Service.object(&namespace, &name);
        let finding = found.missing(Level::Error, object, told);
        finding.remedy(command!("kubectl get services -n {}", namespace));
    }
}
