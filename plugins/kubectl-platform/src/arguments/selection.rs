//! Which checks: chosen by their ids, and found although an id is misspelt.

use std::collections::BTreeSet;

use clap::Args;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use globset::Glob;
use shared::check::Check;
use shared::failure::{Failure, Result};

use crate::checks;

/// How much an id must be like another (0 to 1) to be what was meant.
const ALIKE: f64 = 0.75;

/// How many are suggested.
const SUGGESTIONS: usize = 3;

/// Which checks are meant.
#[derive(Debug, Args)]
pub(crate) struct SelectionArgs {
    /// Only checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB", add = ArgValueCandidates::new(globs))]
    check: Vec<Glob>,

    /// Leave out checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB", add = ArgValueCandidates::new(globs))]
    skip: Vec<Glob>,
}

impl SelectionArgs {
    /// The chosen checks, all of them where nothing was said.
    ///
    /// # Errors
    /// When a pattern matches no check, or none is left.
    pub(crate) fn chosen(&self) -> Result<Vec<&'static Check>> {
        let matches = |glob: &Glob, check: &Check| glob.compile_matcher().is_match(check.id);
        for glob in self.check.iter().chain(&self.skip) {
            if !checks::all().any(|check| matches(glob, check)) {
                return Err(no_such(glob.glob()));
            }
        }
        let is_chosen = |check: &&Check| {
            let is_asked =
                self.check.is_empty() || self.check.iter().any(|glob| matches(glob, check));
            is_asked && !self.skip.iter().any(|glob| matches(glob, check))
        };
        let chosen: Vec<_> = checks::all().filter(is_chosen).collect();
        if chosen.is_empty() {
            return Err(
                Failure::new("no check is left").hint("list them with: kubectl platform checks")
            );
        }
        Ok(chosen)
    }
}

/// The check with this id.
///
/// # Errors
/// When there is none; those that may have been meant are named.
pub(crate) fn find(id: &str) -> Result<&'static Check> {
    let found = checks::all().find(|check| check.id == id);
    found.ok_or_else(|| no_such(id))
}

pub(super) fn no_such(id: &str) -> Failure {
    let failure = Failure::new(format!("no such check: {id}"));
    let nearest = nearest(id);
    if nearest.is_empty() {
        failure.hint("list them with: kubectl platform checks")
    } else {
        failure.hint(format!("did you mean: {}", nearest.join(", ")))
    }
}

/// The ids that are most like what was written; an id's name alone may have been written.
fn nearest(written: &str) -> Vec<&'static str> {
    let likeness = |id: &str| {
        let name = id.rsplit('/').next().unwrap_or_default();
        let whole = strsim::jaro_winkler(id, written);
        whole.max(strsim::jaro_winkler(name, written))
    };
    let mut all: Vec<_> = checks::all()
        .map(|check| (likeness(check.id), check.id))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let alike = all.into_iter().filter(|(likeness, _)| *likeness >= ALIKE);
    alike.map(|(_, id)| id).take(SUGGESTIONS).collect()
}

/// All ids with their titles, for a shell to offer.
pub(crate) fn candidates() -> Vec<CompletionCandidate> {
    let candidate =
        |check: &Check| CompletionCandidate::new(check.id).help(Some(check.manual().title.into()));
    checks::all().map(candidate).collect()
}

/// The same, and the areas that they are in.
fn globs() -> Vec<CompletionCandidate> {
    let areas: BTreeSet<&str> = checks::all()
        .filter_map(|check| Some(check.id.split_once('/')?.0))
        .collect();
    let area = |area: &str| {
        let help = format!("All checks of {area}");
        CompletionCandidate::new(format!("{area}/*")).help(Some(help.into()))
    };
    areas.into_iter().map(area).chain(candidates()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_id_is_recognised() {
        assert_eq!(nearest("flux/source-not-redy")[0], "flux/source-not-ready");
        assert_eq!(nearest("source-not-ready")[0], "flux/source-not-ready");
        assert!(nearest("zzz").is_empty());
    }
}
