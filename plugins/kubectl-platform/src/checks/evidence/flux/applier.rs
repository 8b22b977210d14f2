//! Who should have applied what is missing beside an object, and did not: the HelmRelease,
//! Kustomization or Application whose mark the object bears.
//!
//! A check that uses this hints at `HelmRelease`, `Kustomization` and `Application`.

use shared::facts::kinds::argo::Application;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::meta::{Condition, Meta, condition};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::{inventory, release};

/// Those who bear an object's mark and did not get to apply all of theirs, and the releases of its
/// namespace that are not installed at all, or not there any more.
pub(in crate::checks) fn appliers(view: &View<'_>, meta: &Meta) -> Vec<ObjectRef> {
    let mark = |group: &str| {
        let name = meta.label(&format!("{group}/name"));
        (meta.label(&format!("{group}/namespace")), name)
    };
    let (namespace, name) = mark("helm.toolkit.fluxcd.io");
    let release = view.get::<HelmRelease>(namespace, name).filter(|release| {
        failed(&release.status.conditions).is_some_and(|c| !release::waited(&c.message))
    });
    let (namespace, name) = mark("kustomize.toolkit.fluxcd.io");
    let kustomization = view
        .get::<Kustomization>(namespace, name)
        .filter(|k| !is_applied(k));
    let tracked = application(meta);
    let applications = view.all::<Application>().iter();
    let mut unsynced = applications.filter(|app| app.status.sync.status != "Synced");
    let application = unsynced.find(|app| tracked == Some(app.metadata.name.as_str()));
    let release = release.map(Fact::reference);
    let uninstalled = view.all::<HelmRelease>().iter().filter(|release| {
        release::target_namespace(release) == meta.namespace && release::is_absent(release)
    });
    let applied = view.all::<Kustomization>().iter().flat_map(|one| {
        inventory::of_kind(&one.status.inventory, HelmRelease::KIND, &meta.namespace)
    });
    let deleted = applied.filter(|object| {
        view.get::<HelmRelease>(object.namespace(), &object.name)
            .is_none()
    });
    let kustomization = kustomization.map(Fact::reference);
    let application = application.map(Fact::reference);
    release
        .into_iter()
        .chain(uninstalled.map(Fact::reference))
        .chain(deleted)
        .chain(kustomization)
        .chain(application)
        .collect()
}

/// Whether a Kustomization got so far as to apply all that it describes: it is well, or only what
/// it applied is not.
pub(in crate::checks) fn is_applied(kustomization: &Kustomization) -> bool {
    failed(&kustomization.status.conditions).is_none_or(|ready| ready.reason == "HealthCheckFailed")
}

fn failed(conditions: &[Condition]) -> Option<&Condition> {
    condition(conditions, "Ready").filter(|ready| ready.is_false())
}

/// The name in Argo CD's tracking id, `NAME:GROUP/KIND:NAMESPACE/NAME`; of an application outside
/// Argo CD's namespace it is `NAMESPACE_NAME`.
/// See <https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/>.
fn application(meta: &Meta) -> Option<&str> {
    let (owner, _) = meta
        .annotation("argocd.argoproj.io/tracking-id")
        .split_once(':')?;
    Some(owner.rsplit_once('_').map_or(owner, |(_, name)| name))
}
