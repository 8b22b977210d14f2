//! k3s' helm-controller: charts that the distribution installs.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

wire! {
    /// A chart of the distribution.
    pub struct K3sHelmChart {
        pub metadata: Meta,
        pub spec: K3sHelmChartSpec,
        pub status: K3sHelmChartStatus,
    }

    /// `spec` of such a chart.
    pub struct K3sHelmChartSpec { pub chart: String, pub target_namespace: String, }

    /// `status` of such a chart.
    pub struct K3sHelmChartStatus { pub job_name: String, pub conditions: Vec<Condition>, }
}
