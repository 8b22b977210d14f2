//! network/named-service-missing: A workload that does not run is told to use a Service that does not exist.
//!
//! A variable of its environment names the Service (`NAME.NAMESPACE.svc`, or a host such as `postgresql`),
//! so that the name cannot be resolved, or it is the `serviceName` of a StatefulSet, or the program itself
//! said that there is no such host before it ended. That it does not run may have another reason; this is one.
//!
//! Correct the name, or find out what should have made the Service.

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::exit::{self, Sort};
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::services::{addresses, made, unknown_host};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = pods_and![
    declared(Kind::Service).lookup(),
    declared(Kind::Namespace).hint(),
    live(Kind::Node).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Crashing(part, end) if part.is_init || exit::sort(end) != Sort::GaveUp => None,
        Trouble::Crashing(_, end) => Some(unknown_host::service(view, pod, end)),
        Trouble::Unready => Some(None),
        _ => None,
    });
    // Each Service that is missing, the field that names it first, and whose.
    let mut missing: Vec<(ObjectRef, &str, Vec<String>)> = Vec::new();
    for group in &groups {
        let by = group.workload.object.to_string();
        let said = group
            .cause
            .iter()
            .map(|one| (one.clone(), "the last message"));
        let fields = addresses::fields(view, group.pod, &group.workload);
        for (service, field) in fields.into_iter().chain(said) {
            if view
                .get::<Service>(service.namespace(), &service.name)
                .is_some()
            {
                continue;
            }
            match missing.iter_mut().find(|(known, ..)| *known == service) {
                Some((.., users)) if users.contains(&by) => {}
                Some((.., users)) => users.push(by.clone()),
                None => missing.push((service, field, vec![by.clone()])),
            }
        }
    }
    for (service, field, users) in missing {
        let (namespace, name, users) = (service.namespace(), &service.name, users.join(", "));
        let told = format!(
            "Service {name} does not exist in namespace {namespace}, and is named in {field} of {users}"
        );
        let remedy = command!("kubectl get services -n {}", namespace);
        let owners = made::owners(&service);
        let finding = found.missing(Level::Error, service.clone(), told);
        finding.made_by(owners).remedy(remedy);
    }
}
