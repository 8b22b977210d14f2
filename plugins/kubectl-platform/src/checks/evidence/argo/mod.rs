//! Argo CD: its controllers, and what belongs to an Application.

pub(in crate::checks) mod application_health;
pub(in crate::checks) mod credentials;
pub(in crate::checks) mod drift;

use shared::facts::kinds::argo::{Application, ApplicationResource, SyncedResource};
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

use super::controller::{self, Controller};
use super::words::remedy::command;

/// What compares and syncs.
pub(in crate::checks) const APPLICATION_CONTROLLER: Controller = Controller {
    names: &["argocd-application-controller"],
    kind: Kind::StatefulSet,
    home: "argocd",
    loss: "no Application is compared or synced",
    install: controller::LOOK,
};

/// What fetches repositories and renders manifests.
pub(in crate::checks) const REPO_SERVER: Controller = Controller {
    names: &["argocd-repo-server"],
    kind: Kind::Deployment,
    home: "argocd",
    loss: "no manifest is fetched or rendered",
    install: controller::LOOK,
};

/// What keeps rendered manifests. It may be another one than Argo CD's own.
pub(in crate::checks) const REDIS: Controller = Controller {
    names: &["argocd-redis", "argocd-redis-ha-haproxy"],
    kind: Kind::Deployment,
    home: "argocd",
    loss: "no Application is compared",
    install: controller::LOOK,
};

/// The Applications but those that are being deleted: their objects go with them, and nobody syncs them.
pub(in crate::checks) fn staying<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Application> {
    let all = view.all::<Application>().iter();
    all.filter(|one| one.metadata.deletion_timestamp.0.is_none())
}

/// Why Applications cannot be compared, in words that are the controller's own or those of the repo-server.
pub(in crate::checks) fn complaints<'a>(
    view: &View<'a>,
) -> impl Iterator<Item = (&'a Application, &'a str)> {
    staying(view).filter_map(|one| {
        let mut told = one.status.conditions.iter();
        let told = told.find(|told| told.r#type == "ComparisonError")?;
        Some((one, told.message.as_str()))
    })
}

/// The AppProject of an Application; `default` is always there.
pub(in crate::checks) fn project(application: &Application) -> Option<ObjectRef> {
    let project = application.spec.project.as_str();
    let namespace = &application.metadata.namespace;
    let is_own = !["", "default"].contains(&project);
    is_own.then(|| ObjectRef::new("argoproj.io/v1alpha1", "AppProject", namespace, project))
}

/// Where an Application comes from.
pub(in crate::checks) fn repositories(application: &Application) -> String {
    let spec = &application.spec;
    let all = spec.source.iter().chain(&spec.sources);
    all.map(|source| source.repo_url.0.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// An object whose health Argo CD judges.
pub(in crate::checks) fn judged(one: &ApplicationResource) -> ObjectRef {
    object(
        &one.group,
        &one.version,
        &one.kind,
        &one.namespace,
        &one.name,
    )
}

/// An object of a sync.
pub(in crate::checks) fn synced(one: &SyncedResource) -> ObjectRef {
    object(
        &one.group,
        &one.version,
        &one.kind,
        &one.namespace,
        &one.name,
    )
}

fn object(group: &str, version: &str, kind: &str, namespace: &str, name: &str) -> ObjectRef {
    let api_version = match group {
        "" => version.to_owned(),
        group => format!("{group}/{version}"),
    };
    ObjectRef::new(api_version, kind.to_owned(), namespace, name)
}

/// The command that shows all of an Application.
pub(in crate::checks) fn get(application: &Application) -> String {
    let meta = &application.metadata;
    command!("argocd app get {}/{}", meta.namespace, meta.name)
}

/// Whether Argo CD syncs an Application by itself.
pub(in crate::checks) fn is_automated(application: &Application) -> bool {
    let automated = application.spec.sync_policy.automated.as_ref();
    automated.is_some_and(|automated| automated.enabled != Some(false))
}
