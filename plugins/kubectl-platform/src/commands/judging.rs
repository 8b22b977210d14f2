//! Runs the checks that were chosen, but for those that `platform.yaml` leaves out.

use shared::check::{self, Check};
use shared::facts::Facts;
use shared::facts::kinds::platform_config::PlatformConfig;
use shared::failure::Result;
use shared::report::Judged;

use crate::arguments::config;
use crate::checks::at_run_time;

/// The checks to run, and what `platform.yaml` says about them.
pub(super) struct Expected {
    pub(super) chosen: Vec<&'static Check>,
    pub(super) file: Option<PlatformConfig>,
}

impl Expected {
    /// Judges each cluster; and what is to be said of that.
    pub(super) fn judge(&self, all: &[Facts]) -> Result<(Vec<Judged>, Vec<String>)> {
        let mut judged = Vec::new();
        let mut notes = Vec::new();
        for facts in all {
            let config = config::apply(self.file.as_ref(), facts)?;
            judged.push(judge(&config::kept(&self.chosen, config)?, facts));
            for note in config::notes(facts, config) {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        Ok((judged, notes))
    }
}

fn judge(chosen: &[&'static Check], facts: &Facts) -> Judged {
    let mut outcomes = check::run_all(chosen, facts);
    if !facts.is_live {
        at_run_time::keep_back(&mut outcomes, facts);
    }
    Judged {
        cluster: facts.cluster.clone(),
        outcomes,
    }
}
