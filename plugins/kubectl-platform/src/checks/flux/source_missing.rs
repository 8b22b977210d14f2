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
    for release in view.all::<HelmRelease>().iter().filter(|release| !release.spec.suspend) {
        if let Some(chart) = &release.spec.chart {
            look(view, &mut absent, release, &chart.spec.source_ref, "spec.chart.spec.sourceRef");
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
    let exists = [
        view.get::<GitRepository>(namespace, name).map(Fact::reference),
        view.get::<OciRepository>(namespace, name).map(Fact::reference),
        view.get::<Bucket>(namespace, name).map(Fact::reference),
        view.get::<HelmRepository>(namespace, name).map(Fact::reference),
        view.get::<HelmChart>(namespace, name).map(Fact::reference),
    ];
    // Kinds without a struct (ExternalArtifact) are not judged here.
    let is_there = |wanted: &ObjectRef| exists.iter().flatten().any(|object| object == wanted);
    let wanted = flux::source(&source.kind, namespace, name);
    if let Some(missing) = wanted.filter(|wanted| !is_there(wanted)) {
        absent.add(missing, &by.reference(), field, appliers(view, by.meta()));
    }
}
