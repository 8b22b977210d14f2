//! Runs the checks that were chosen, but for those that `platform.yaml` leaves out.

use shared::check::{self, Check};
use shared::facts::Facts;
use shared::facts::kinds::platform_config::{PlatformConfig, SkippedCheck};
use shared::failure::Result;
use shared::report::Judged;

use crate::arguments::config;

/// The checks to run, and what `platform.yaml` says about them.
pub(super) struct Expected {
    pub(super) chosen: Vec<&'static Check>,
    pub(super) file: Option<PlatformConfig>,
}

impl Expected {
    /// Judges each cluster, and tells what was left out.
    pub(super) fn judge(&self, all: &[Facts]) -> Result<(Vec<Judged>, Vec<SkippedCheck>)> {
        let mut judged = Vec::new();
        let mut skips = Vec::new();
        for facts in all {
            let config = config::apply(self.file.as_ref(), facts)?;
            judged.push(judge(&config::kept(&self.chosen, config)?, facts));
            for skip in config.iter().flat_map(|config| &config.skip) {
                if !skips.contains(skip) {
                    skips.push(skip.clone());
                }
            }
        }
        Ok((judged, skips))
    }
}

fn judge(chosen: &[&'static Check], facts: &Facts) -> Judged {
    Judged {
        cluster: facts.cluster.clone(),
        outcomes: check::run_all(chosen, facts),
    }
}
