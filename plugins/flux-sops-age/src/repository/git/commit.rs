//! The files of a commit, and of the submodules that it takes.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{git, path_of, run};

/// A file's path from the top of the tree, and what it holds.
pub(crate) type Held = (PathBuf, Vec<u8>);

/// Whether whoever fetches a commit takes what it takes of submodules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Submodules {
    Taken,
    LeftOut,
}

/// Why nobody can tell what a commit holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The clone does not have it, or not all of it.
    Commit,
    /// The clone does not have what it takes of a submodule.
    Submodule(PathBuf),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commit => f.write_str("this clone does not have that commit: git fetch"),
            Self::Submodule(path) => write!(
                f,
                "this clone does not have what it takes of the submodule {}: git submodule update --init --recursive",
                path.display()
            ),
        }
    }
}

/// The files of a commit that have one of the marks in them, those of its submodules too where a cluster may read them.
///
/// # Errors
/// When the clone does not have all of it.
pub(crate) fn files_with(
    top: &Path,
    commit: &str,
    marks: &[impl AsRef<OsStr>],
    below: Submodules,
) -> Result<Vec<Held>, Unknown> {
    let mut files = own_files_with(top, commit, marks).ok_or(Unknown::Commit)?;
    if below == Submodules::LeftOut {
        return Ok(files);
    }
    for (path, taken) in submodules(top, commit).ok_or(Unknown::Commit)? {
        let below = files_with(&top.join(&path), &taken, marks, below).map_err(|unknown| {
            Unknown::Submodule(match unknown {
                Unknown::Commit => path.clone(),
                Unknown::Submodule(within) => path.join(within),
            })
        })?;
        files.extend(
            below
                .into_iter()
                .map(|(name, held)| (path.join(name), held)),
        );
    }
    Ok(files)
}

fn own_files_with(top: &Path, commit: &str, marks: &[impl AsRef<OsStr>]) -> Option<Vec<Held>> {
    // Of a submodule that was never fetched Git would tell what the tree around it has.
    if !top.join(".git").exists() {
        return None;
    }
    run(git(top).args(["cat-file", "-e", &format!("{commit}^{{commit}}")]))?;
    // As text: encrypted files are often marked as binary, so that nobody is shown their differences.
    let listed = git(top)
        .args(["grep", "--no-color", "--name-only", "-z", "--text"])
        .args(["--no-recurse-submodules", "--fixed-strings"])
        .args(
            marks
                .iter()
                .flat_map(|mark| [OsStr::new("-e"), mark.as_ref()]),
        )
        .arg(commit)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    // 1: nothing was found.
    if !matches!(listed.status.code(), Some(0 | 1)) {
        return None;
    }
    let entries = listed.stdout.split(|byte| *byte == 0);
    let entries = entries.filter(|entry| !entry.is_empty());
    let read = |entry: &[u8]| {
        let name = path_of(entry.strip_prefix(format!("{commit}:").as_bytes())?);
        let mut object = OsString::from(format!("{commit}:"));
        object.push(&name);
        let bytes = run(git(top).args(["cat-file", "blob"]).arg(object))?;
        Some((name, bytes))
    };
    entries.map(read).collect()
}

/// The submodules of a commit, each with the commit that it takes of it; nothing where the clone does not have it.
pub(crate) fn submodules(top: &Path, commit: &str) -> Option<Vec<(PathBuf, String)>> {
    let out = run(git(top).args(["ls-tree", "-r", "-z", "--full-tree", commit]))?;
    let entries = out.split(|byte| *byte == 0);
    let taken = entries.filter_map(|entry| {
        // MODE TYPE HASH\tPATH
        let tab = entry.iter().position(|byte| *byte == b'\t')?;
        let about = std::str::from_utf8(&entry[..tab]).ok()?;
        let hash = about.strip_prefix("160000 commit ")?;
        Some((path_of(&entry[tab + 1..]), hash.to_owned()))
    });
    Some(taken.collect())
}
