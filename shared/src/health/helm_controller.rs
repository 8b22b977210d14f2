//! k3s' helm-controller: charts that the distribution installs.

use jiff::Timestamp;

use super::conditions::{because, first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::helm_controller::K3sHelmChart;
use crate::facts::meta::condition;

impl Assess for K3sHelmChart {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        if let Some(failed) = condition(&status.conditions, "Failed").filter(|c| c.is_true()) {
            return because(Status::Failed, failed);
        }
        // How the installation goes on, its Job tells.
        if status.job_name.is_empty() {
            return no_status(&self.metadata);
        }
        Health::current()
    }
}
