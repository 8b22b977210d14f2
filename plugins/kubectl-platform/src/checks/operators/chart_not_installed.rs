//! operators/chart-not-installed: A chart of k3s was not installed.
//!
//! k3s' helm-controller installs HelmChart objects (`helm.cattle.io`) with a Job each, Traefik among
//! them. The Job of this one failed, or was never made.
//!
//! Read the Job's log: `kubectl -n kube-system logs job/helm-install-NAME`.

use crate::checks::evidence::words::{self, remedy};
use shared::facts::kinds::helm_controller::K3sHelmChart;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

pub(super) const NEEDS: &[Need] = &[live(Kind::K3sHelmChart)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for chart in view.all::<K3sHelmChart>() {
        let health = chart.health(view.now());
        let meta = &chart.metadata;
        let job = match chart.status.job_name.as_str() {
            "" => format!("helm-install-{}", meta.name),
            name => name.to_owned(),
        };
        let text = words::told(&health);
        if let Some(finding) = found.unwell(chart, &health, text) {
            let job = Kind::Job.object(&meta.namespace, &job);
            finding.remedy(remedy::logs(&job)).suspect([job]);
        }
    }
}
