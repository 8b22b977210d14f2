//! flux/dependency-missing: A Kustomization or HelmRelease waits for one that is not there.
//!
//! `spec.dependsOn` names an object that does not exist. What depends on it is never applied.
//!
//! Mend the name or the namespace in `spec.dependsOn`, or add what it names. A name without a
//! namespace means the dependent's own.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::flux;
use crate::checks::evidence::flux::dependent::Dependent;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Kustomization), declared(Kind::HelmRelease)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<Kustomization>(view, found);
    each::<HelmRelease>(view, found);
}

fn each<F: Dependent>(view: &View<'_>, found: &mut Findings) {
    let all = view.all::<F>();
    let mut absent = Absent::default();
    for object in all.iter().filter(|object| !object.is_suspended()) {
        for target in object.depends_on() {
            let namespace = flux::namespace_of(object, target);
            if view.get::<F>(namespace, &target.name).is_none() && view.knows::<F>() {
                let missing = F::KIND.object(namespace, &target.name);
                absent.add(missing, &object.reference(), "spec.dependsOn", Vec::new);
            }
        }
    }
    absent.report(found, |missing, finding| {
        absent::tell_elsewhere::<F>(view, missing, finding);
        let plural = F::KIND.plural();
        finding.remedy(command!("kubectl get {} -A", plural));
    });
}
