//! Many files at once: in parallel, each all or nothing, reported in their order.

mod progress;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use shared::failure::{Context, Exit, Failure, Result};
use shared::secret::Together;
use zeroize::Zeroizing;

use crate::commands::io;
use crate::run::report;
use crate::targets::Targets;

/// What became of a file.
pub(crate) enum Outcome {
    /// It is to be replaced by this text; what there is to say, in words.
    New(Zeroizing<Vec<u8>>, String),
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
        let what = match work(file).map_err(|failure| failure.of(file))? {
            Outcome::New(text, what) => {
                io::replace(file, &text)?;
                what
            }
            Outcome::Changed(what) => what,
            Outcome::Kept(why) => why.to_owned(),
        };
        if !what.is_empty() {
            eprintln!("{what}");
        }
        return Ok(Exit::Passed);
    }
    let together = Together::default();
    let results = in_parallel(&targets.files, &|file: &Path| match work(file)? {
        Outcome::New(text, what) => {
            let written = together.replace(file, &text);
            written.map_err(|error| io::unwritten(file, &error))?;
            Ok(Outcome::Changed(what))
        }
        outcome => Ok(outcome),
    });
    let finished = together.finish();
    let mut changed = 0;
    let mut kept = 0;
    let mut failed: Vec<Exit> = Vec::new();
    for (file, result) in targets.files.iter().zip(results) {
        match result {
            Ok(Outcome::New(_, what) | Outcome::Changed(what)) => {
                changed += 1;
                if !what.is_empty() {
                    eprintln!("{}: {what}", file.display());
                }
            }
            Ok(Outcome::Kept(_)) => kept += 1,
            Err(failure) => {
                failed.push(failure.status());
                report(&failure.of(file));
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
    eprintln!("{}", parts.join(", "));
    finished.context("the files were written, but may not last if the system fails now")?;
    Ok(common(&failed))
}

/// The status that all failures share, else 1.
pub(crate) fn common(failed: &[Exit]) -> Exit {
    match failed {
        [] => Exit::Passed,
        [first, rest @ ..] if rest.iter().all(|exit| exit == first) => *first,
        _ => Exit::Failed,
    }
}

/// Does the work on all cores, and returns the results in the order of the files.
pub(crate) fn in_parallel<T: Send>(
    files: &[PathBuf],
    work: &(impl Fn(&Path) -> Result<T> + Sync),
) -> Vec<Result<T>> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let results = Mutex::new((0..files.len()).map(|_| None).collect::<Vec<_>>());
    // Files wait for the disk as much as for the processor, but too many of them wait for their folder.
    let workers = thread::available_parallelism().map_or(4, |cores| cores.get() * 4);
    thread::scope(|scope| {
        for _ in 0..workers.min(files.len()) {
            let sender = sender.clone();
            let (next, results) = (&next, &results);
            scope.spawn(move || {
                while let Some((at, file)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    files.get(at).map(|file| (at, file))
                } {
                    let result = work(file);
                    if let Ok(mut results) = results.lock() {
                        results[at] = Some(result);
                    }
                    // Nobody listens once the bar is gone.
                    let _ = sender.send(());
                }
            });
        }
        drop(sender);
        progress::show(files.len(), &receiver);
    });
    let results = results.into_inner().unwrap_or_default();
    results
        .into_iter()
        .map(|result| result.unwrap_or_else(|| Err(Failure::new("the work was not done"))))
        .collect()
}
