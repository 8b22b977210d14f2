//! Where Flux' objects point to, and the controllers behind them.

pub(in crate::checks) mod api_server;
pub(in crate::checks) mod applied;
pub(in crate::checks) mod applier;
pub(in crate::checks) mod decryption;
pub(in crate::checks) mod dependency_graph;
pub(in crate::checks) mod dependent;
pub(in crate::checks) mod disk;
pub(in crate::checks) mod flux_secrets;
pub(in crate::checks) mod inventory;
pub(in crate::checks) mod kustomization;
pub(in crate::checks) mod reconciled;
pub(in crate::checks) mod release;
pub(in crate::checks) mod sources;

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmRepository, NamedRef, OciRepository,
};
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::health::{Health, Status};
use shared::object::ObjectRef;

use super::policies::unanswered;
use super::words::answer;
use super::words::remedy::{self, command};

/// Brings back what Flux consists of.
pub(in crate::checks) const INSTALL: &str = "flux install";

/// Brings back its controllers of images, too.
pub(in crate::checks) const INSTALL_EXTRA: &str =
    "flux install --components-extra=image-reflector-controller,image-automation-controller";

/// Words for what fails again however often it is tried: what was asked for is not there, or is wrong.
const SETTLED: [&str; 9] = [
    "InvalidChartReference",
    "AuthenticationFailed",
    "URLInvalid",
    "MANIFEST_UNKNOWN",
    "NAME_UNKNOWN",
    "chart with version matching",
    "don't meet the specifications of the schema",
    "execution error at",
    "parse error at",
];

/// The kinds that a `sourceRef` or a `chartRef` may name, of those in the table.
const SOURCES: &[Kind] = &[
    Kind::GitRepository,
    Kind::OciRepository,
    Kind::Bucket,
    Kind::HelmRepository,
    Kind::HelmChart,
];

/// The Deployment of one of Flux' controllers, by the name that all ways of installing give it.
pub(in crate::checks) fn controller(view: &View<'_>, name: &str) -> ObjectRef {
    let deployments = view.all::<Deployment>();
    let found = deployments
        .iter()
        .find(|deployment| deployment.metadata.name == name);
    found.map_or_else(
        || Kind::Deployment.object("flux-system", name),
        Fact::reference,
    )
}

/// A source by the kind that a `sourceRef` names.
pub(in crate::checks) fn source(kind: &str, namespace: &str, name: &str) -> Option<ObjectRef> {
    SOURCES
        .iter()
        .find(|source| source.name() == kind)
        .map(|source| source.object(namespace, name))
}

/// Where a reference of an object points to: without a namespace, into the object's own.
pub(in crate::checks) fn namespace_of<'a>(object: &'a impl Fact, target: &'a NamedRef) -> &'a str {
    object.meta().namespace_of(&target.namespace)
}

/// Whether a controller says that its own disk is full.
pub(in crate::checks) fn has_no_room(message: &str) -> bool {
    message.contains("no space left on device")
}

/// A controller by its name, where an object of its says that its disk is full.
pub(in crate::checks) fn without_room(
    view: &View<'_>,
    message: &str,
    name: &str,
) -> Option<ObjectRef> {
    has_no_room(message).then(|| controller(view, name))
}

/// The controller of an object by its name, where its disk is full, it has yet to come round to the object, or
/// nobody answers it.
pub(in crate::checks) fn at_fault(
    view: &View<'_>,
    health: &Health,
    name: &str,
) -> Option<ObjectRef> {
    let is_busy = health.status == Status::InProgress;
    let said = &health.message;
    (is_busy || has_no_room(said) || unanswered::says_no_answer(said))
        .then(|| controller(view, name))
}

/// The command that has Flux look at an object once more; `what` is its word for the kind.
pub(in crate::checks) fn reconcile(what: &str, meta: &Meta) -> String {
    let target = command!("{} -n {}", meta.name, meta.namespace);
    format!("flux reconcile {what} {target}")
}

/// The command for an object that failed: to try once more, unless the words tell that this comes to nothing before
/// something is changed. Then it shows the object.
pub(in crate::checks) fn try_again<F: Fact>(what: &str, object: &F, health: &Health) -> String {
    let said = format!("{} {}", health.reason, health.message);
    let is_settled = SETTLED.iter().any(|word| said.contains(word));
    if is_settled || answer::is_refusal(&health.message) {
        return remedy::describe(&object.reference());
    }
    reconcile(what, object.meta())
}

/// The command for an object that is gone: Flux applies it again, unless it is a part of Flux that this takes, and Helm
/// when it is forced to.
pub(in crate::checks) fn bring_back(gone: &ObjectRef, what: &str, by: &Meta) -> String {
    let applies = ["source-controller", "kustomize-controller"];
    if gone.kind == "Deployment" && applies.contains(&gone.name.as_str()) {
        return INSTALL.to_owned();
    }
    let force = if what == "helmrelease" {
        " --force"
    } else {
        ""
    };
    reconcile(what, by) + force
}

/// Text of several lines, as one.
pub(in crate::checks) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The chart of a HelmRelease: what `spec.chartRef` names, or what Flux made for `spec.chart`.
pub(in crate::checks) fn chart(release: &HelmRelease) -> Option<ObjectRef> {
    if let Some(reference) = &release.spec.chart_ref {
        let namespace = namespace_of(release, reference);
        return source(&reference.kind, namespace, &reference.name);
    }
    let (namespace, name) = release.status.helm_chart.split_once('/')?;
    Some(Kind::HelmChart.object(namespace, name))
}

/// Whether there is anything that one of Flux' controllers has to look after.
pub(in crate::checks) fn is_needed(view: &View<'_>, controller: &str) -> bool {
    let customs = view.all::<Custom>();
    let has = |group: &str, kinds: &[&str]| {
        let mut all = customs.iter();
        all.any(|one| one.group() == group && kinds.contains(&one.kind.as_str()))
    };
    let sources = [
        view.all::<GitRepository>().len(),
        view.all::<OciRepository>().len(),
        view.all::<Bucket>().len(),
        view.all::<HelmRepository>().len(),
    ];
    let kustomizations = view.all::<Kustomization>().len();
    let releases = view.all::<HelmRelease>().len();
    match controller {
        "source-controller" => sources.iter().any(|count| *count > 0),
        "kustomize-controller" => kustomizations > 0,
        "helm-controller" => releases > 0,
        "notification-controller" => has(
            "notification.toolkit.fluxcd.io",
            &["Receiver", "Alert", "Provider"],
        ),
        "image-reflector-controller" => has(
            "image.toolkit.fluxcd.io",
            &["ImageRepository", "ImagePolicy"],
        ),
        "image-automation-controller" => has("image.toolkit.fluxcd.io", &["ImageUpdateAutomation"]),
        _ => false,
    }
}
