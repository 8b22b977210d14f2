//! operators/operator-scaled-to-zero: The operator of custom resources was told to run no pods.
//!
//! Nobody looks after them meanwhile: changes to them come to nothing, and what fails is not mended, while
//! all of them keep the last status they got and may look well.
//!
//! Scale it up again.

use std::collections::BTreeMap;

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::operator;
use crate::checks::evidence::services::users;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Custom), declared(Kind::Deployment)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut left_alone: BTreeMap<ObjectRef, Vec<ObjectRef>> = BTreeMap::new();
    let customs = view.all::<Custom>().iter();
    for custom in customs.filter(|custom| operator::is_foreign(&custom.api_version)) {
        for operator in operator::operators(view, custom) {
            left_alone
                .entry(operator)
                .or_default()
                .push(custom.reference());
        }
    }
    for (object, customs) in left_alone {
        let (namespace, name) = (object.namespace(), &object.name);
        let deployment = view.get::<Deployment>(namespace, name);
        let Some(deployment) = deployment.filter(|one| one.spec.replicas == Some(0)) else {
            continue;
        };
        let told = format!(
            "is scaled to 0: nobody looks after {}",
            users::listed(&customs)
        );
        found.error(deployment, told).remedy(command!(
            "kubectl -n {} scale deployment {} --replicas 1",
            namespace,
            name
        ));
    }
}
