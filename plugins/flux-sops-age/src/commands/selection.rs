//! Which checks: chosen by their ids.

use clap::Args;
use globset::Glob;
use shared::failure::{Failure, Result};

use crate::checks::{self, Check};

/// Which checks are meant.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    /// Only checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    check: Vec<Glob>,

    /// Leave out checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    skip: Vec<Glob>,
}

impl Selection {
    /// The chosen checks, all of them where nothing was said.
    ///
    /// # Errors
    /// When a pattern matches no check, or none is left.
    pub(super) fn chosen(&self) -> Result<Vec<&'static Check>> {
        let matches = |glob: &Glob, check: &Check| glob.compile_matcher().is_match(check.id);
        let list = "list them with: flux sops-age explain";
        for glob in self.check.iter().chain(&self.skip) {
            if !checks::all().any(|check| matches(glob, check)) {
                return Err(Failure::new(format!("no such check: {}", glob.glob())).hint(list));
            }
        }
        let is_chosen = |check: &&Check| {
            let is_asked =
                self.check.is_empty() || self.check.iter().any(|glob| matches(glob, check));
            is_asked && !self.skip.iter().any(|glob| matches(glob, check))
        };
        let chosen: Vec<_> = checks::all().filter(is_chosen).collect();
        if chosen.is_empty() {
            return Err(Failure::new("no check is left").hint(list));
        }
        Ok(chosen)
    }
}
