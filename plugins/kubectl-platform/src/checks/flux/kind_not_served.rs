//! flux/kind-not-served: What Git describes is of a kind that the cluster does not know.
//!
//! A Kustomization or a chart holds a custom resource whose definition is not installed, or no
//! longer in that version: its operator is not there yet, was upgraded, or is of another group
//! (`traefik.containo.us` became `traefik.io`). Nothing of the Kustomization is applied.
//!
//! Install the definition and let the Kustomization depend on it, or write the resource in a version
//! that the cluster serves.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Status;
use shared::object::group_of;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::dependent::Dependent;
use crate::checks::evidence::served;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    declared(Kind::CustomResourceDefinition).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    each::<Kustomization>(view, found, &mut absent);
    each::<HelmRelease>(view, found, &mut absent);
    absent.report(found, |_, finding| {
        finding.remedy("kubectl api-resources --verbs=list");
    });
}

fn each<F: Dependent>(view: &View<'_>, found: &mut Findings, absent: &mut Absent) {
    for object in view.all::<F>() {
        let health = object.health(view.now());
        if health.status != Status::Failed {
            continue;
        }
        let complaint = object.complaint(&health);
        let unserved = message::unserved(&complaint);
        for (definition, api_version) in unserved.clone() {
            let field = format!("a manifest of version {api_version}");
            if let Some(why) = served::instead(view, &definition, api_version) {
                let command = command!(
                    "kubectl api-resources --api-group={}",
                    group_of(api_version)
                );
                let text = format!("holds {field}, {why}");
                found.error(object, text).remedy(command);
                continue;
            }
            // Those of one group are installed together.
            let others = unserved.iter().filter(|(_, other)| *other == api_version);
            let others = others.map(|(other, _)| other.clone()).collect();
            absent.add(definition, &object.reference(), &field, || others);
        }
    }
}
