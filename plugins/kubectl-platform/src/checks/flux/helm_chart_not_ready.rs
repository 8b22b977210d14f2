//! flux/helm-chart-not-ready: A chart could not be fetched.
//!
//! source-controller found no such chart or version, or could not pull it. The HelmRelease that
//! asks for it stays at the version that it has.
//!
//! Mend the chart's name or version in the HelmRelease, or the repository of charts that it names.

use shared::facts::kinds::flux_source::HelmChart;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::flux::{self, sources};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::HelmChart),
    live(Kind::GitRepository).hint(),
    live(Kind::OciRepository).hint(),
    live(Kind::HelmRepository).hint(),
    live(Kind::Bucket).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let sources = sources::failed(view);
    let mut siblings = Siblings::default();
    for chart in view.all::<HelmChart>() {
        let health = chart.health(view.now());
        if health.status == Status::Failed {
            siblings.add(chart.reference(), &place(chart), &health.message);
        }
    }
    for chart in view.all::<HelmChart>() {
        let health = chart.health(view.now());
        let text = format!(
            "{}: {} (chart {} {} of {})",
            health.reason,
            flux::one_line(&health.message),
            chart.spec.chart,
            chart.spec.version,
            place(chart)
        );
        let (source, meta) = (&chart.spec.source_ref, &chart.metadata);
        let object = chart.reference();
        if let Some(finding) = found.unwell(chart, &health, text) {
            finding
                .suspect(message::suspects(view, &object, &health.message))
                .suspect(flux::source(&source.kind, &meta.namespace, &source.name))
                .suspect(siblings.of(&object))
                .suspect(sources.alike(&health.message))
                .suspect(flux::at_fault(view, &health, "source-controller"))
                .remedy(flux::try_again("source chart", chart, &health));
        }
    }
}

/// Where a chart comes from.
fn place(chart: &HelmChart) -> String {
    let source = &chart.spec.source_ref;
    format!("{} {}", source.kind, source.name)
}
