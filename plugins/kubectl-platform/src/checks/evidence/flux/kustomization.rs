//! What a Kustomization that is not ready may fail for, and what to do then.
//!
//! A check that uses this hints at `Deployment`, `Service` and `Custom`.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::{Fact, Kind, View};
use shared::health::{Health, Status};
use shared::object::ObjectRef;

use super::inventory;
use crate::checks::evidence::flux;
use crate::checks::evidence::siblings::account;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy::{self, command, word};

/// What may keep a Kustomization from being ready: as its controller says, and as its reason tells.
pub(in crate::checks) fn suspects(
    view: &View<'_>,
    kustomization: &Kustomization,
    health: &Health,
) -> Vec<ObjectRef> {
    let own = &kustomization.metadata.namespace;
    let mut suspects = message::suspects(view, &kustomization.reference(), &health.message);
    suspects.extend(flux::without_room(
        view,
        &health.message,
        "kustomize-controller",
    ));
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

/// What several may fail for at once, and what is said of it: the source that they share, rights
/// that their account lacks.
pub(in crate::checks) fn in_common<'a>(
    one: &Kustomization,
    health: &'a Health,
) -> Option<(String, &'a str)> {
    let source = &one.spec.source_ref;
    match health.reason.as_str() {
        "ArtifactFailed" => Some((format!("{} {}", source.kind, source.name), &health.message)),
        _ => None,
    }
}

/// The command that tells more of why it is not ready.
pub(in crate::checks) fn remedy(kustomization: &Kustomization, health: &Health) -> String {
    let meta = &kustomization.metadata;
    let target = command!("kustomization {} -n {}", meta.name, meta.namespace);
    let path = match kustomization.spec.path.as_str() {
        "" => ".",
        path => path,
    };
    let said = &health.message;
    if said.contains("decrypt") {
        return "flux sops-age check".to_owned();
    }
    if let Some(missing) = message::absentees(&kustomization.reference(), said).first() {
        return remedy::list(missing);
    }
    if said.contains("Unauthorized") {
        let controller = Kind::Deployment.object("flux-system", "kustomize-controller");
        return remedy::logs(&controller);
    }
    if let Some(account) = account(said) {
        return command!("kubectl auth can-i --list --as {}", account);
    }
    match health.reason.as_str() {
        "BuildFailed" => format!("flux build {target} --path {}", word(path)),
        "ReconciliationFailed" => format!("flux diff {target} --path {}", word(path)),
        "HealthCheckFailed" => format!("flux tree {target}"),
        "DependencyNotReady" => command!("flux get kustomizations -n {}", meta.namespace),
        _ => format!("flux reconcile {target} --with-source"),
    }
}
