//! flux/source-missing: A source is named that is not there.
//!
//! A Kustomization's `spec.sourceRef`, a HelmRelease's chart or `spec.chartRef`, or a HelmChart's
//! `spec.sourceRef` names a source that does not exist. Nothing of it is applied.
//!
//! Mend the kind, the name or the namespace, or add the source.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, NamedRef, OciRepository,
};
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::applier::appliers;
use crate::checks::evidence::flux;
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Kustomization),
    declared(Kind::HelmRelease),
    declared(Kind::GitRepository).lookup(),
    declared(Kind::OciRepository).lookup(),
    declared(Kind::Bucket).lookup(),
    declared(Kind::HelmRepository).lookup(),
    declared(Kind::HelmChart).lookup(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for kustomization in view.all::<Kustomization>() {
        // What is refused is not looked for.
        let ready = condition(&kustomization.status.conditions, "Ready");
        let is_refused = ready.is_some_and(|ready| ready.reason == "AccessDenied");
        if !kustomization.spec.suspend && !is_refused {
            let source = &kustomization.spec.source_ref;
            look(view, &mut absent, kustomization, source, "spec.sourceRef");
        }
    }
    for release in view
        .all::<HelmRelease>()
        .iter()
        .filter(|release| !release.spec.suspend)
    {
        if let Some(chart) = &release.spec.chart {
            look(
                view,
                &mut absent,
                release,
                &chart.spec.source_ref,
                "spec.chart.spec.sourceRef",
            );
        }
        if let Some(chart) = &release.spec.chart_ref {
            look(view, &mut absent, release, chart, "spec.chartRef");
        }
    }
    absent.report(found, |missing, finding| {
        let kind = missing.kind.to_ascii_lowercase();
        finding.remedy(command!("kubectl get {} -A", kind));
    });
}

fn look(view: &View<'_>, absent: &mut Absent, by: &impl Fact, source: &NamedRef, field: &str) {
    let (namespace, name) = (flux::namespace_of(by, source), &source.name);
    // Kinds without a struct (ExternalArtifact) are not judged here.
    let Some(wanted) = flux::source(&source.kind, namespace, name) else {
        return;
    };
    let exists = is_there::<GitRepository>(view, &wanted)
        || is_there::<OciRepository>(view, &wanted)
        || is_there::<Bucket>(view, &wanted)
        || is_there::<HelmRepository>(view, &wanted)
        || is_there::<HelmChart>(view, &wanted);
    if !exists {
        absent.add(wanted, &by.reference(), field, || appliers(view, by.meta()));
    }
}

fn is_there<F: Fact>(view: &View<'_>, wanted: &ObjectRef) -> bool {
    view.get::<F>(wanted.namespace(), &wanted.name).is_some() && wanted.kind == F::KIND.name()
}
