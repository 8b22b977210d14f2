//! Reads files: one, a folder of them, standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::collect::Collector;
use super::{json, large, yaml};
use crate::facts::Facts;
use crate::failure::{Context, Failure, Result};

/// Reads a file, a folder of files, or standard input (`-`), as seen at `at`.
///
/// # Errors
/// When it cannot be read, or holds no object, or a single file is malformed.
pub fn read_path(path: &Path, at: Timestamp) -> Result<Facts> {
    let mut collector = Collector::default();
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        read_bytes(&bytes, &Arc::from("-"), &mut collector)?;
    } else if path.is_dir() {
        read_folder(path, &mut collector)?;
    } else {
        read_file(path, &mut collector)?;
    }
    facts(collector, path, at, true)
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
    for path in manifests(folder)? {
        if let Err(failure) = read_file(&path, collector) {
            collector.cannot_read(None, failure.to_string());
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

fn read_file(path: &Path, collector: &mut Collector) -> Result<()> {
    let unreadable = |error: io::Error| {
        Failure::new(format!(
            "cannot read {}: {}",
            path.display(),
            crate::failure::io(&error)
        ))
    };
    let name = Arc::from(path.display().to_string());
    let file = fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() >= large::LARGE
        && let Ok(document) = large::read(file)
    {
        collector.add(document, &name, None);
        return Ok(());
    }
    read_bytes(&fs::read(path).map_err(unreadable)?, &name, collector)
}

fn read_bytes(bytes: &[u8], path: &Arc<str>, collector: &mut Collector) -> Result<()> {
    let malformed =
        |error: &dyn std::fmt::Display| Failure::new(format!("cannot read {path}: {error}"));
    let text = std::str::from_utf8(bytes).map_err(|_| malformed(&"it is not text"))?;
    if text.contains('\0') {
        return Err(malformed(&"it is not text"));
    }
    if matches!(text.trim_start().bytes().next(), Some(b'{' | b'[')) {
        for document in json::documents(text).map_err(|error| malformed(&error))? {
            collector.add(document, path, None);
        }
    } else {
        for (document, line) in yaml::documents(text).map_err(|error| malformed(&error))? {
            collector.add(document, path, Some(line));
        }
    }
    Ok(())
}
