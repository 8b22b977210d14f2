//! flux/source-missing: A source is named that is not there.
//!
//! A Kustomization's `spec.sourceRef`, a HelmRelease's chart or `spec.chartRef`, or a HelmChart's
//! `spec.sourceRef` names a source that does not exist. Nothing of it is applied.
//!
//! Mend the kind, the name or the namespace, or add the source.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::NamedRef;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::applier::appliers;
use crate::checks::evidence::flux::{self, sources};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Kustomization),
    declared(Kind::HelmRelease),
    declared(Kind::GitRepository).named(),
    declared(Kind::OciRepository).named(),
    declared(Kind::Bucket).named(),
    declared(Kind::HelmRepository).named(),
    declared(Kind::HelmChart).named(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for one in view.all::<Kustomization>() {
        // What is refused is not looked for.
        let ready = condition(&one.status.conditions, "Ready");
        let is_refused = ready.is_some_and(|ready| ready.reason == "AccessDenied");
        if !one.spec.suspend && !is_refused {
            let source = &one.spec.source_ref;
            look(view, &mut absent, one, source, "spec.sourceRef");
        }
    }
    let releases = view.all::<HelmRelease>().iter();
    for one in releases.filter(|one| !one.spec.suspend) {
        let source = one.spec.chart.as_ref().map(|chart| &chart.spec.source_ref);
        if let Some(source) = source {
            look(view, &mut absent, one, source, "spec.chart.spec.sourceRef");
        }
        if let Some(chart) = &one.spec.chart_ref {
            look(view, &mut absent, one, chart, "spec.chartRef");
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
    let wanted = flux::source(&source.kind, namespace, name);
    if let Some(wanted) = wanted.filter(|wanted| !sources::is_there(view, wanted)) {
        absent.add(wanted, &by.reference(), field, || appliers(view, by.meta()));
    }
}
