//! flux/kustomization-not-ready: A Kustomization was not applied.
//!
//! kustomize-controller could not fetch, build, decrypt, apply or see through what the
//! Kustomization describes, or it waits for another one that is not ready. Until it is mended,
//! changes in Git do not reach the cluster.
//!
//! Flux tries again by itself, so mend the cause in Git or in the cluster. `flux diff kustomization`
//! shows what would be applied, `flux build kustomization` what is built.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Health, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::dependent::{self, Dependent};
use crate::checks::evidence::flux;
use crate::checks::evidence::{inventory, message};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::Deployment).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for kustomization in view.all::<Kustomization>() {
        let health = dependent::health(view, kustomization);
        let text = kustomization.complaint(&health);
        let suspects = suspects(view, kustomization, &health);
        let Some(finding) = found.unwell(kustomization, &health, text) else {
            continue;
        };
        finding.remedy(remedy(kustomization, &health));
        if health.reason == "DependencyNotReady" {
            finding.blames.extend(suspects);
        } else {
            let object = kustomization.reference();
            finding.blames = message::absentees(&object, &health.message);
            finding.suspect(suspects);
        }
    }
}

fn suspects(view: &View<'_>, kustomization: &Kustomization, health: &Health) -> Vec<ObjectRef> {
    let own = &kustomization.metadata.namespace;
    let mut suspects = message::suspects(view, &kustomization.reference(), &health.message);
    match health.reason.as_str() {
        "ArtifactFailed" => {
            let source = &kustomization.spec.source_ref;
            let namespace = flux::namespace_of(kustomization, source);
            suspects.extend(flux::source(&source.kind, namespace, &source.name));
            suspects.push(flux::controller(view, "source-controller"));
        }
        "BuildFailed" => {
            let decryption = kustomization.spec.decryption.iter();
            let secrets = decryption.filter_map(|decryption| decryption.secret_ref.as_ref());
            suspects.extend(secrets.map(|secret| Kind::Secret.object(own, &secret.name)));
        }
        "HealthCheckFailed" | "Progressing" if suspects.is_empty() => {
            suspects.extend(inventory::objects(&kustomization.status.inventory));
        }
        _ => {}
    }
    if health.status == Status::InProgress && health.reason != "DependencyNotReady" {
        suspects.push(flux::controller(view, "kustomize-controller"));
    }
    suspects
}

fn remedy(kustomization: &Kustomization, health: &Health) -> String {
    let meta = &kustomization.metadata;
    let target = format!("kustomization {} -n {}", meta.name, meta.namespace);
    let path = &kustomization.spec.path;
    match health.reason.as_str() {
        "BuildFailed" => format!("flux build {target} --path {path}"),
        "ReconciliationFailed" => format!("flux diff {target} --path {path}"),
        "HealthCheckFailed" => format!("flux tree {target}"),
        "DependencyNotReady" => format!("flux get kustomizations -n {}", meta.namespace),
        _ => format!("flux reconcile {target} --with-source"),
    }
}
