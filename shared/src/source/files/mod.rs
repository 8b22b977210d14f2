//! Reads files: one, a folder of them, standard input.

mod kustomize;
mod manifests;
#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::collect::Collector;
use super::content::{Content, read_bytes, read_file, read_opened, unreadable};
use super::snapshot;
use crate::facts::Facts;
use crate::failure::{Context, Failure, Result};
use crate::parallel;
use kustomize::Builds;
use manifests::Manifests;

/// Reads a file, a folder of files, a snapshot, or standard input (`-`), as seen at `at`: by
/// default when the snapshot was taken, else now.
///
/// # Errors
/// When it cannot be read, or holds no object, or a single file is malformed.
pub fn read_path(path: &Path, at: impl Into<Option<Timestamp>>) -> Result<Facts> {
    let at = at.into();
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        return read_text(bytes, "-", at);
    }
    if snapshot::is_snapshot(path) {
        return snapshot::read_folder(path, at);
    }
    let mut collector = Collector::default();
    if path.is_dir() {
        let paths = manifests(path, &mut collector)?;
        if let Some(folder) = snapshot_in(path, &paths)? {
            return snapshot::read_folder(folder, at);
        }
        read_all(&paths, &mut collector);
    } else {
        // What is no plain file, such as a pipe, can be opened and read but once.
        let fail = |error: io::Error| unreadable(path, &error);
        let mut file = fs::File::open(path).map_err(fail)?;
        let mut bytes = Vec::new();
        file.by_ref()
            .take(2)
            .read_to_end(&mut bytes)
            .map_err(fail)?;
        if snapshot::is_archive(&bytes) || !file.metadata().map_err(fail)?.is_file() {
            file.read_to_end(&mut bytes).map_err(fail)?;
            return read_text(bytes, &path.display().to_string(), at);
        }
        file.rewind().map_err(fail)?;
        let content = read_opened(file, path)?;
        collector.add(content, &path.display().to_string().into());
    }
    facts(collector, path, at.unwrap_or_else(Timestamp::now), true)
}

/// The same of what was read already; `name` is what to call it in a failure.
///
/// # Errors
/// As of [`read_path`].
pub fn read_text(bytes: Vec<u8>, name: &str, at: Option<Timestamp>) -> Result<Facts> {
    if snapshot::is_archive(&bytes) {
        return snapshot::read_archive(&bytes, name, at);
    }
    let mut collector = Collector::default();
    collector.add(read_bytes(bytes, name)?, &Arc::from(name));
    let at = at.unwrap_or_else(Timestamp::now);
    facts(collector, Path::new(name), at, true)
}

/// Reads the plain manifests of a working tree.
///
/// # Errors
/// When the folder cannot be read or holds no object.
pub fn read_repository(path: &Path, at: Timestamp) -> Result<Facts> {
    let mut collector = Collector::default();
    read_tree(path, &mut collector)?;
    facts(collector, path, at, false)
}

fn facts(collector: Collector, path: &Path, at: Timestamp, is_live: bool) -> Result<Facts> {
    if collector.count() == 0 {
        if let Some(why) = collector.first_unreadable() {
            return Err(Failure::new(why));
        }
        return Err(
            Failure::new(format!("no Kubernetes object in {}", path.display())).hint(
                "pass the output of kubectl get -o yaml, a snapshot, or a folder of manifests",
            ),
        );
    }
    Ok(Facts::new(None, at, is_live, collector.finish()))
}

/// The snapshot that lies in a folder, as where an archive was unpacked into it. As plain manifests it
/// would lose when it was taken and what it could not look at.
fn snapshot_in<'a>(path: &Path, paths: &'a [PathBuf]) -> Result<Option<&'a Path>> {
    let folders: BTreeSet<_> = paths.iter().filter_map(|path| path.parent()).collect();
    let Some(folder) = folders.into_iter().find(|one| snapshot::is_snapshot(one)) else {
        return Ok(None);
    };
    if paths.iter().all(|path| path.starts_with(folder)) {
        return Ok(Some(folder));
    }
    let why = format!("{} holds a snapshot among other files", path.display());
    Err(Failure::new(why).hint(format!("pass the snapshot alone: {}", folder.display())))
}

/// A malformed file among others makes the result incomplete, it does not end it.
fn read_all(paths: &[PathBuf], collector: &mut Collector) {
    let read = parallel::map(paths, parallel::workers, |path| read_file(path));
    for (path, content) in paths.iter().zip(read) {
        collector.add_read(content, path);
    }
}

/// The same of a working tree, as its kustomizations build it.
fn read_tree(folder: &Path, collector: &mut Collector) -> Result<()> {
    let mut paths = manifests(folder, collector)?;
    let builds = Builds::of(&paths);
    paths.retain(|path| builds.holds_objects(path));
    let read = parallel::map(&paths, parallel::workers, |path| {
        let namespace = builds.namespace(path);
        read_file(path).map(|content| content.put_into(namespace))
    });
    for (path, content) in paths.iter().zip(read) {
        collector.add_read(content, path);
    }
    for (document, path) in builds.generated() {
        let content = Content::Documents(vec![(document, None)]);
        collector.add_read(Ok(content), &path);
    }
    Ok(())
}

fn manifests(folder: &Path, collector: &mut Collector) -> Result<Vec<PathBuf>> {
    let Manifests { paths, broken, .. } = Manifests::below(folder)?;
    for failure in broken {
        collector.cannot_read(None, failure.to_string());
    }
    Ok(paths)
}
