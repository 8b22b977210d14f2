//! network/selector-matches-nothing: A Service selects no pod.
//!
//! Connections to it are refused: no pod, and no workload's pod template, bears the labels that it
//! asks for. Mostly the selector or a label is misspelt, or what it should select was never made.
//!
//! Compare `kubectl get pods --show-labels -n NAMESPACE` with the Service's `spec.selector`. A
//! Service of an operator (for a role that no pod has just now), or a headless one, that nothing
//! needs is passed over.

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::applier;
use crate::checks::evidence::endpoints::{self, Behind};
use crate::checks::evidence::selection;
use crate::checks::evidence::users::{self, Users, users_and};
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = users_and![
    live(Kind::Service),
    live(Kind::EndpointSlice).lookup(),
    live(Kind::Pod).lookup(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let all_users = Users::of(view, &makers);
    for service in view.all::<Service>() {
        let behind = endpoints::look(view, &makers, service);
        if !matches!(behind, Behind::NothingSelected) {
            continue;
        }
        let meta = &service.metadata;
        let users = all_users.needing(service);
        let slip = makers
            .iter()
            .find_map(|maker| Some((&maker.object, maker.slip(service)?)));
        let role = vacant_role(view, service);
        let is_made = meta.controller().is_some();
        let is_headless = service.spec.cluster_ip == "None";
        if users.is_empty() && role.is_none() && (is_made || (is_headless && slip.is_none())) {
            continue;
        }
        let level = if users.is_empty() && slip.is_none() && role.is_none() {
            Level::Warning
        } else {
            Level::Error
        };
        let pairs = service.spec.selector.iter();
        let asked: Vec<_> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
        let mut told = match slip {
            Some((other, (key, want, have))) => {
                format!("selects no pod: it asks for {key}={want}, {other} has {key}={have}")
            }
            None => format!("selects no pod: none has {}", asked.join(", ")),
        };
        if let Some((key, value, pods)) = role {
            told = format!("selects no pod: none of {pods} is {key}={value}, so that nobody takes writes");
        }
        if !users.is_empty() {
            told = format!("{told}; {} needs it", users::listed(&users));
        }
        let owners = meta.owner_references.iter().map(|owner| {
            let (api_version, kind) = (owner.api_version.clone(), owner.kind.clone());
            ObjectRef::new(api_version, kind, &meta.namespace, owner.name.clone())
        });
        found
            .about(level, service, told)
            .suspect(owners)
            .suspect(applier::appliers(view, meta))
            .remedy(command!("kubectl get pods -n {} --show-labels", meta.namespace));
    }
}

/// The role that a Service asks for and that none of the pods has which it would select without it:
/// its label, the role and how many pods there are. That nobody is a replica is no loss.
fn vacant_role<'s>(view: &View<'_>, service: &'s Service) -> Option<(&'s str, &'s str, usize)> {
    const FIRST: [&str; 3] = ["master", "primary", "leader"];
    let selector = &service.spec.selector;
    let (key, role) = selector.iter().find(|(_, value)| FIRST.contains(&value.as_str()))?;
    let others = selector.iter().filter(|(name, _)| *name != key);
    let others = others.map(|(name, value)| (name.clone(), value.clone())).collect();
    let pods = view.all::<Pod>().iter().filter(|pod| {
        pod.metadata.namespace == service.metadata.namespace && selection::selects(&others, &pod.metadata.labels)
    });
    let count = pods.count();
    (count > 0).then_some((key.as_str(), role.as_str(), count))
}
