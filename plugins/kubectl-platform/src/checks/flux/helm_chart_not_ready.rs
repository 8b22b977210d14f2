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

use crate::checks::evidence::remedy::command;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::{flux, message, sources};

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
            let source = &chart.spec.source_ref;
            let place = format!("{} {}", source.kind, source.name);
            siblings.add(chart.reference(), &place, &health.message);
        }
    }
    for chart in view.all::<HelmChart>() {
        let health = chart.health(view.now());
        let source = &chart.spec.source_ref;
        let text = format!(
            "{}: {} (chart {} {} of {} {})",
            health.reason,
            flux::one_line(&health.message),
            chart.spec.chart,
            chart.spec.version,
            source.kind,
            source.name
        );
        let mut suspects = message::suspects(view, &chart.reference(), &health.message);
        suspects.extend(flux::source(
            &source.kind,
            &chart.metadata.namespace,
            &source.name,
        ));
        suspects.extend(siblings.of(&chart.reference()));
        suspects.extend(sources.alike(&health.message));
        suspects.extend(flux::without_room(
            view,
            &health.message,
            "source-controller",
        ));
        if health.status == Status::InProgress {
            suspects.push(flux::controller(view, "source-controller"));
        }
        if let Some(finding) = found.unwell(chart, &health, text) {
            finding
                .remedy(command!(
                    "flux reconcile source chart {} -n {}",
                    chart.metadata.name,
                    chart.metadata.namespace
                ))
                .suspect(suspects);
        }
    }
}
