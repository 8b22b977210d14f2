//! Which checks: chosen by their ids, and found although an id is misspelt.

use std::collections::BTreeSet;

use clap::{Arg, Args, Command};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use globset::{Glob, GlobMatcher};
use shared::failure::{Failure, Result};
use shared::report::{Catalog, Described};

use crate::nearest::nearest;

/// Which checks are meant.
#[derive(Debug, Args)]
pub struct SelectionArgs {
    /// Only checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    check: Vec<Glob>,

    /// Leave out checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    skip: Vec<Glob>,
}

impl SelectionArgs {
    /// The chosen ones of a program's checks, all of them where nothing was said.
    ///
    /// # Errors
    /// When a pattern matches no check, or none is left.
    pub fn chosen<C>(
        &self,
        catalog: &Catalog,
        all: impl Iterator<Item = &'static C>,
        id: impl Fn(&C) -> &'static str,
    ) -> Result<Vec<&'static C>> {
        let asked = matchers(&self.check, catalog)?;
        let skipped = matchers(&self.skip, catalog)?;
        let has = |globs: &[GlobMatcher], id: &str| globs.iter().any(|glob| glob.is_match(id));
        let is_chosen = |check: &&C| {
            let id = id(check);
            (asked.is_empty() || has(&asked, id)) && !has(&skipped, id)
        };
        let chosen: Vec<_> = all.filter(is_chosen).collect();
        if chosen.is_empty() {
            return Err(Failure::new("no check is left").hint(list_with(catalog)));
        }
        Ok(chosen)
    }
}

/// What patterns match.
///
/// # Errors
/// When one matches no check of the catalog.
pub fn matchers(globs: &[Glob], catalog: &Catalog) -> Result<Vec<GlobMatcher>> {
    let matcher = |glob: &Glob| {
        let matcher = glob.compile_matcher();
        let is_one = (catalog.checks)()
            .iter()
            .any(|check| matcher.is_match(check.id));
        is_one
            .then_some(matcher)
            .ok_or_else(|| no_such(glob.glob(), catalog))
    };
    globs.iter().map(matcher).collect()
}

/// That no check has this id; those that may have been meant are named.
pub fn no_such(id: &str, catalog: &Catalog) -> Failure {
    let failure = Failure::new(format!("no such check: {id}"));
    let nearest = nearest(id, (catalog.checks)().iter().map(|check| check.id));
    if nearest.is_empty() {
        failure.hint(list_with(catalog))
    } else {
        failure.hint(format!("did you mean: {}", nearest.join(", ")))
    }
}

fn list_with(catalog: &Catalog) -> String {
    format!("list them with: {}", catalog.list)
}

/// Has shells offer ids of the catalog wherever a command line takes them.
pub fn offer(command: Command, catalog: &'static Catalog) -> Command {
    let offered = |arg: Arg| match arg.get_id().as_str() {
        "check" | "skip" | "explained" => arg.add(ArgValueCandidates::new(|| globs(catalog))),
        _ => arg,
    };
    command
        .mut_args(offered)
        .mut_subcommands(|verb| offer(verb, catalog))
}

/// All ids with their titles.
fn ids(catalog: &Catalog) -> Vec<CompletionCandidate> {
    let candidate = |check: &Described| {
        CompletionCandidate::new(check.id).help(Some(check.manual().title.into()))
    };
    (catalog.checks)().iter().map(candidate).collect()
}

/// The same, and the areas that they are in.
fn globs(catalog: &Catalog) -> Vec<CompletionCandidate> {
    let areas: BTreeSet<&str> = (catalog.checks)().iter().map(Described::area).collect();
    let area = |area: &str| {
        let help = format!("All checks of {area}");
        CompletionCandidate::new(format!("{area}/*")).help(Some(help.into()))
    };
    areas.into_iter().map(area).chain(ids(catalog)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOG: Catalog = Catalog {
        command: "",
        explain: "",
        list: "",
        rights: None,
        page: "",
        checks: || {
            let described = |id| Described {
                id,
                source: "",
                reads: None,
            };
            ["flux/source-not-ready", "storage/claim-lost"]
                .map(described)
                .into()
        },
    };

    #[test]
    fn a_misspelt_id_is_recognised() {
        let told = |id| format!("{:?}", no_such(id, &CATALOG));
        assert!(told("flux/source-not-redy").contains("did you mean: flux/source-not-ready"));
        assert!(told("zzz").contains("list them with"));
    }
}
