//! flux/config-map-missing: A ConfigMap that values or variables come from is not there.
//!
//! `spec.postBuild.substituteFrom` of a Kustomization or `spec.valuesFrom` of a HelmRelease names a
//! ConfigMap that does not exist and is not optional. Nothing is built without it.
//!
//! Create it, mend the name, or mark the reference `optional: true`.

use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization, ValuesRef};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::flux::applier::appliers;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    declared(Kind::ConfigMap).lookup(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for one in view.all::<Kustomization>() {
        if !one.spec.suspend {
            let from = &one.spec.post_build.substitute_from;
            look(
                view,
                &mut absent,
                one,
                from,
                "spec.postBuild.substituteFrom",
            );
        }
    }
    for one in view.all::<HelmRelease>() {
        if !one.spec.suspend {
            let from = &one.spec.values_from;
            look(view, &mut absent, one, from, "spec.valuesFrom");
        }
    }
    absent.report(found, |missing, finding| {
        absent::tell_elsewhere::<ConfigMap>(view, missing, finding);
        let namespace = missing.namespace();
        finding.remedy(command!("kubectl -n {} get configmaps", namespace));
    });
}

fn look(view: &View<'_>, absent: &mut Absent, by: &impl Fact, from: &[ValuesRef], field: &str) {
    let namespace = &by.meta().namespace;
    for ValuesRef { name, .. } in from
        .iter()
        .filter(|from| from.kind == "ConfigMap" && !from.optional)
    {
        if view.get::<ConfigMap>(namespace, name).is_none() {
            let missing = Kind::ConfigMap.object(namespace, name);
            absent.add(missing, &by.reference(), field, || {
                appliers(view, by.meta())
            });
        }
    }
}
