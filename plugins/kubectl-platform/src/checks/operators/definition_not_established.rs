//! operators/definition-not-established: A custom resource definition is not in force.
//!
//! Its names are taken by another definition, or the API server does not accept its schema. No
//! object of the kind can be made.
//!
//! Read its conditions, and remove the definition that holds the names.

use crate::checks::evidence::words::{self, remedy::command};
use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

pub(super) const NEEDS: &[Need] = &[live(Kind::CustomResourceDefinition)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for definition in view.all::<CustomResourceDefinition>() {
        let health = definition.health(view.now());
        let text = words::told(&health);
        if let Some(finding) = found.unwell(definition, &health, text) {
            finding.remedy(command!(
                "kubectl describe crd {}",
                definition.metadata.name
            ));
        }
    }
}
