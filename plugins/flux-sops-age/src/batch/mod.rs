//! Many files at once: in parallel, each all or nothing, reported in their order.

mod progress;
mod together;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cli::program;
use shared::failure::{Context, Exit, Result};
use shared::parallel;
use shared::render::clean;
use shared::secret::keep_names;
use together::Ready;
use zeroize::Zeroizing;

pub(crate) use together::{Planned, replace_planned};

use crate::io;
use crate::targets::Targets;

/// What became of a file.
pub(crate) enum Outcome {
    /// It is to be replaced, where it is still what was found; what there is to say, in words.
    New {
        found: Zeroizing<Vec<u8>>,
        text: Zeroizing<Vec<u8>>,
        what: String,
    },
    /// It was changed, or would be: in words.
    Changed(String),
    /// There was nothing to do: in words.
    Kept(&'static str),
}

/// Does the same with each file. One file behaves as in sops; several are reported a line each, and end with the
/// status they share, else with 1.
pub(crate) fn run(
    targets: &Targets,
    verb: &str,
    work: impl Fn(&Path) -> Result<Outcome> + Sync,
) -> Result<Exit> {
    if targets.is_single() {
        let file = &targets.files[0];
        let what = match alone(file, &work).map_err(|failure| failure.of(file))? {
            Outcome::New { what, .. } | Outcome::Changed(what) => what,
            Outcome::Kept(why) => why.to_owned(),
        };
        if !what.is_empty() {
            cli::note!("{what}");
        }
        return Ok(Exit::Passed);
    }
    let mut folders = BTreeSet::new();
    let results = progress::during(targets.files.len(), |done| {
        replace(&targets.files, &mut folders, |file| {
            let result = work(file);
            done();
            result
        })
    });
    let finished = keep_names(folders);
    let mut changed = 0;
    let mut kept = 0;
    let mut failed: Vec<Exit> = Vec::new();
    for (file, result) in targets.files.iter().zip(results) {
        match result {
            Ok(Outcome::New { what, .. } | Outcome::Changed(what)) => {
                changed += 1;
                if !what.is_empty() {
                    // What is told may have several lines, a name has none of them.
                    let name = file.display().to_string();
                    cli::note!("{}: {what}", clean(&name));
                }
            }
            Ok(Outcome::Kept(_)) => kept += 1,
            Err(failure) => {
                failed.push(failure.status());
                program::tell(&failure.of(file));
            }
        }
    }
    let mut parts = vec![format!("{verb}: {changed}")];
    if kept > 0 {
        parts.push(format!("left as they were: {kept}"));
    }
    if !failed.is_empty() {
        parts.push(format!("failed: {}", failed.len()));
    }
    cli::note!("{}", parts.join(", "));
    finished.context("the files were written, but may not last if the system fails now")?;
    Ok(targets.ended(common(&failed)))
}

/// The status that all failures share, else 1.
pub(crate) fn common(failed: &[Exit]) -> Exit {
    match failed {
        [] => Exit::Passed,
        [first, rest @ ..] if rest.iter().all(|exit| exit == first) => *first,
        _ => Exit::Failed,
    }
}

/// Does the work on a file until it is still what was found when it is to be replaced: another run may have changed
/// it meanwhile, and then it is this one's turn again.
pub(crate) fn alone(path: &Path, work: impl Fn(&Path) -> Result<Outcome>) -> Result<Outcome> {
    loop {
        match work(path)? {
            Outcome::New { found, text, what } => {
                if io::replace_found(path, Some(&found), &text)? {
                    return Ok(Outcome::Changed(what));
                }
            }
            outcome => return Ok(outcome),
        }
    }
}

/// Does the work on files and replaces them by what came of it. Notes the folders in which they have new names.
fn replace(
    files: &[PathBuf],
    folders: &mut BTreeSet<PathBuf>,
    work: impl Fn(&Path) -> Result<Outcome> + Sync,
) -> Vec<Result<Outcome>> {
    let mut results = Vec::new();
    let make = |files| (files, make(files, &work));
    // While the disk is waited for, the processor has the next ones.
    parallel::relay(together::portions(files), make, |(files, made)| {
        results.extend(put(files, made, folders, &work));
    });
    results
}

/// Gives what was made its names, and does the work anew on a file that changed meanwhile.
fn put(
    files: &[PathBuf],
    made: Vec<Result<(Option<Ready<'_>>, Outcome)>>,
    folders: &mut BTreeSet<PathBuf>,
    work: impl Fn(&Path) -> Result<Outcome>,
) -> Vec<Result<Outcome>> {
    let mut ready = Vec::new();
    let mut results = Vec::new();
    for (number, made) in made.into_iter().enumerate() {
        results.push(made.map(|(one, outcome)| {
            ready.extend(one.map(|one| (number, one)));
            outcome
        }));
    }
    for (number, put) in together::put(ready, folders) {
        match put {
            Ok(true) => {}
            Ok(false) => results[number] = alone(&files[number], &work),
            Err(failure) => results[number] = Err(failure),
        }
    }
    results
}

/// Does the work on files, and writes what came of it, not yet under their names.
fn make<'a>(
    files: &'a [PathBuf],
    work: impl Fn(&Path) -> Result<Outcome> + Sync,
) -> Vec<Result<(Option<Ready<'a>>, Outcome)>> {
    parallel::map(files, parallel::workers, |file| match work(file)? {
        Outcome::New { found, text, what } => {
            let ready = Ready::new(file, found, &text)?;
            Ok((Some(ready), Outcome::Changed(what)))
        }
        outcome => Ok((None, outcome)),
    })
}

/// Does the work on all cores, and returns the results in the order of the files.
pub(crate) fn in_parallel<T: Send>(
    files: &[PathBuf],
    work: &(impl Fn(&Path) -> Result<T> + Sync),
) -> Vec<Result<T>> {
    progress::during(files.len(), |done| {
        parallel::map(files, workers, |file| {
            let result = work(file);
            done();
            result
        })
    })
}

/// Files wait for the disk more than for the processor, but too many of them wait for their folder.
fn workers() -> usize {
    8 * parallel::workers()
}
