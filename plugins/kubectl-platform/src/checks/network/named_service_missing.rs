//! network/named-service-missing: A workload that does not run is told to use a Service that does not exist.
//!
//! A variable of its environment names the Service (`NAME.NAMESPACE.svc`, or a host such as `postgresql`),
//! so that the name cannot be resolved, or it is the `serviceName` of a StatefulSet. That it does not run
//! may have another reason; this is one.
//!
//! Correct the name, or find out what should have made the Service.

use shared::facts::kinds::apps::StatefulSet;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

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
    let pods = view.unsettled_pods().filter(gives_up).map(|pod| (pod, ()));
    let mut missing: Vec<(String, String, Vec<String>, String)> = Vec::new();
    for group in by_workload(view, pods) {
        let Some((pod, ())) = group.pods.first() else {
            continue;
        };
        let (own, workload) = (&pod.metadata.namespace, &group.workload.object);
        if let Some(name) =
            governing(view, workload).filter(|name| view.get::<Service>(own, name).is_none())
        {
            let names = (own.clone(), name.to_owned());
            missing.push((
                names.0.to_string(),
                names.1,
                vec![workload.to_string()],
                "serviceName".to_owned(),
            ));
        }
        for variable in pod
            .spec
            .containers
            .iter()
            .flat_map(|container| &container.env)
        {
            for (namespace, name) in variable.services.seen_from(&pod.metadata.namespace) {
                if view.get::<Service>(namespace, name).is_some() {
                    continue;
                }
                let by = group.workload.object.to_string();
                let known = missing
                    .iter_mut()
                    .find(|known| known.0 == namespace && known.1 == name);
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
        let told = format!(
            "Service {name} does not exist in namespace {namespace}, and {variable} of {users} names it"
        );
        let object = Kind::Service.object(&namespace, &name);
        let finding = found.missing(Level::Error, object, told);
        finding.remedy(command!("kubectl get services -n {}", namespace));
    }
}

/// The Service by which the pods of a StatefulSet were to find each other.
fn governing<'a>(view: &View<'a>, workload: &ObjectRef) -> Option<&'a str> {
    let set = view.get::<StatefulSet>(workload.namespace(), &workload.name);
    let set = set.filter(|_| workload.kind == "StatefulSet")?;
    // One alone finds itself.
    let name = set.spec.service_name.as_str();
    (set.spec.replicas > Some(1) && !name.is_empty()).then_some(name)
}
