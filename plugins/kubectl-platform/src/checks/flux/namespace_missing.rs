//! flux/namespace-missing: What Flux applies belongs into a namespace that is not there.
//!
//! A Kustomization or a HelmRelease could not be applied because a namespace does not exist.
//!
//! Add a Namespace to the manifests, let the Kustomization depend on the one that makes it, or set
//! `spec.install.createNamespace` of the HelmRelease.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Status;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::dependent::Dependent;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    declared(Kind::Namespace).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    each::<Kustomization>(view, &mut absent);
    each::<HelmRelease>(view, &mut absent);
    absent.report(found, |missing, finding| {
        finding.remedy(command!("kubectl create namespace {}", missing.name));
    });
}

fn each<F: Dependent>(view: &View<'_>, absent: &mut Absent) {
    for object in view.all::<F>() {
        let health = object.health(view.now());
        if health.status != Status::Failed {
            continue;
        }
        let missing = message::absent_namespaces(&object.complaint(&health));
        for missing in missing
            .into_iter()
            .filter(|one| view.get::<Namespace>("", &one.name).is_none())
        {
            absent.add(missing, &object.reference(), "a manifest", Vec::new);
        }
    }
}
