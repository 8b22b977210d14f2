//! Reads files: one, a folder of them, standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::collect::Collector;
use super::content::{read_bytes, read_file, unreadable};
use super::snapshot;
use crate::facts::Facts;
use crate::failure::{Context, Failure, Result};
use crate::parallel;

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
        read_folder(path, &mut collector)?;
    } else {
        let mut head = [0; 2];
        let mut file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        if file.read(&mut head).is_ok() && snapshot::is_archive(&head) {
            let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
            return read_text(bytes, &path.display().to_string(), at);
        }
        collector.add(read_file(path)?, &path.display().to_string().into());
    }
    facts(collector, path, at.unwrap_or_else(Timestamp::now), true)
}

fn read_text(bytes: Vec<u8>, name: &str, at: Option<Timestamp>) -> Result<Facts> {
    if snapshot::is_archive(&bytes) {
        return snapshot::read_archive(bytes.as_slice(), name, at);
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
    read_folder(path, &mut collector)?;
    facts(collector, path, at, false)
}

fn facts(collector: Collector, path: &Path, at: Timestamp, is_live: bool) -> Result<Facts> {
    if collector.count() == 0 {
        return Err(
            Failure::new(format!("no Kubernetes object in {}", path.display())).hint(
                "pass the output of kubectl get -o yaml, a snapshot, or a folder of manifests",
            ),
        );
    }
    Ok(Facts::new(None, at, is_live, collector.finish()))
}

/// A malformed file among others makes the result incomplete, it does not end it.
fn read_folder(folder: &Path, collector: &mut Collector) -> Result<()> {
    let paths = manifests(folder)?;
    for (path, content) in paths
        .iter()
        .zip(parallel::map(&paths, parallel::workers, |path| {
            read_file(path)
        }))
    {
        match content {
            Ok(content) => collector.add(content, &path.display().to_string().into()),
            Err(failure) => collector.cannot_read(None, failure.to_string()),
        }
    }
    Ok(())
}

/// All files below a folder that may hold manifests, by name; hidden folders are passed over.
fn manifests(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.collect::<Result<Vec<_>, _>>())
        .context(format!("cannot read {}", folder.display()))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry
            .file_type()
            .context(format!("cannot read {}", path.display()))?;
        if kind.is_dir() && !is_hidden {
            found.extend(manifests(&path)?);
        } else if kind.is_file() && !is_hidden && has_manifest_suffix(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

fn has_manifest_suffix(path: &Path) -> bool {
    let suffix = path.extension().unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| suffix == *known)
}
