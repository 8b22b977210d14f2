//! network/selector-matches-nothing: A Service selects no pod.
//!
//! Connections to it are refused: no pod, and no workload's pod template, bears the labels that it
//! asks for. Mostly the selector or a label is misspelt, or what it should select was never made.
//!
//! Compare `kubectl get pods --show-labels -n NAMESPACE` with the Service's `spec.selector`. A
//! Service of an operator (for a role that no pod has just now), or a headless one, that nothing
//! needs is passed over.

use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::operator;
use crate::checks::evidence::services::unselected::{self, Unselected, unselected_and};
use crate::checks::evidence::services::{gone, users};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] =
    unselected_and![live(Kind::Application).hint(), live(Kind::Custom).hint(),];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for unselected in unselected::all(view) {
        let meta = &unselected.service.metadata;
        let owners = meta.owner_references.iter().map(|owner| {
            let (api_version, kind) = (owner.api_version.clone(), owner.kind.clone());
            ObjectRef::new(api_version, kind, &meta.namespace, owner.name.clone())
        });
        found
            .about(unselected.level, unselected.service, told(&unselected))
            .suspect(gone::candidates(unselected.service))
            .suspect(operator::operators_of_owners(view, meta))
            .suspect(owners)
            .suspect(applier::appliers(view, meta))
            .remedy(command!(
                "kubectl get pods -n {} --show-labels",
                meta.namespace
            ));
    }
}

fn told(unselected: &Unselected<'_>) -> String {
    let selector = unselected.service.spec.selector.iter();
    let asked: Vec<_> = selector
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let mut told = match (&unselected.slip, unselected.role) {
        (_, Some((key, value, pods))) => {
            format!("selects no pod: none of {pods} is {key}={value}, so that nobody takes writes")
        }
        (Some((other, [key, want, have])), _) => {
            format!("selects no pod: it asks for {key}={want}, {other} has {key}={have}")
        }
        _ => format!("selects no pod: none has {}", asked.join(", ")),
    };
    if !unselected.users.is_empty() {
        told = format!("{told}; {} needs it", users::listed(&unselected.users));
    }
    told
}
