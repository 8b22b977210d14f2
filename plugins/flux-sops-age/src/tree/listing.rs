//! Which files a tree has: those that Git has or would take, or those that were named.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use shared::failure::{self, Context, Failure, Result};

/// How a file stands with Git.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Git has it.
    Tracked,
    /// Git does not have it, and no `.gitignore` keeps it out.
    Untracked,
    /// It was named, or there is no Git to ask.
    #[default]
    Unknown,
}

/// How much of a tree is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Files and folders that were named.
    Part,
}

/// The files of a run.
pub(super) struct Listing {
    /// Absolute paths.
    pub(super) files: BTreeMap<PathBuf, Standing>,
    pub(super) extent: Extent,
    /// The working directory.
    pub(super) here: PathBuf,
    /// The top of the repository, or the working directory.
    pub(super) top: PathBuf,
}

/// Finds the files that the paths name; of no path, all of the repository or of the working directory.
pub(super) fn list(paths: &[PathBuf]) -> Result<Listing> {
    let here = std::env::current_dir().context("cannot tell the working directory")?;
    let top = here.ancestors().find(|folder| folder.join(".git").exists());
    let top = top.unwrap_or(&here).to_owned();
    let mut files = BTreeMap::new();
    if paths.is_empty() {
        folder(&top, &mut files)?;
    }
    for path in paths {
        let absolute = absolute(&here, path);
        let kind = std::fs::metadata(&absolute).map_err(|error| {
            let why = failure::io(&error);
            Failure::new(format!("cannot read {}: {why}", path.display()))
        })?;
        if kind.is_dir() {
            folder(&absolute, &mut files)?;
        } else {
            files.entry(absolute).or_default();
        }
    }
    let extent = if paths.is_empty() || paths.iter().any(|path| absolute(&here, path) == top) {
        Extent::Whole
    } else {
        Extent::Part
    };
    Ok(Listing {
        files,
        extent,
        here,
        top,
    })
}

/// A path without `.` and `..`; links are not followed.
fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            part => absolute.push(part),
        }
    }
    absolute
}

impl Listing {
    /// A path as the user would write it.
    pub(super) fn name(&self, path: &Path) -> String {
        let mut up = String::new();
        for folder in self.here.ancestors() {
            if let Ok(below) = path.strip_prefix(folder) {
                return up + &slashed(below);
            }
            if folder == self.top {
                break;
            }
            up.push_str("../");
        }
        path.display().to_string()
    }

    /// A path from the top of the repository, with slashes.
    pub(super) fn below_top(&self, path: &Path) -> String {
        slashed(path.strip_prefix(&self.top).unwrap_or(path))
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn folder(folder: &Path, files: &mut BTreeMap<PathBuf, Standing>) -> Result<()> {
    match ask_git(folder) {
        Some(listed) => {
            files.extend(listed.into_iter().map(|(path, is)| (folder.join(path), is)));
            Ok(())
        }
        None => walk(folder, files),
    }
}

/// What Git has below a folder, and what it would take; none where it cannot tell.
fn ask_git(folder: &Path) -> Option<Vec<(PathBuf, Standing)>> {
    let output = Command::new("git")
        // A repository may name a program there that is run for each question.
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(folder)
        .args(["ls-files", "-z", "-t", "--cached", "--others"])
        .args(["--exclude-standard", "--", "."])
        .env_remove("SOPS_AGE_KEY")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let entries = output.stdout.split(|byte| *byte == 0);
    let listed = entries.filter_map(|entry| {
        let [tag, b' ', path @ ..] = entry else {
            return None;
        };
        let standing = match tag {
            b'?' => Standing::Untracked,
            _ => Standing::Tracked,
        };
        Some((path_of(path), standing))
    });
    Some(listed.collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Without Git: all files but those that `.gitignore` names.
fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, Standing>) -> Result<()> {
    let walk = ignore::WalkBuilder::new(folder)
        .hidden(false)
        .ignore(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk {
        let entry = entry.context(format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.entry(entry.into_path()).or_default();
        }
    }
    Ok(())
}

/// The addresses of a repository's remotes.
pub(super) fn remotes(top: &Path) -> Vec<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(top)
        .args(["config", "--get-regexp", r"^remote\..*\.url$"])
        .env_remove("SOPS_AGE_KEY")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let text = output.map(|output| output.stdout).unwrap_or_default();
    let lines = String::from_utf8_lossy(&text);
    let urls = lines.lines().filter_map(|line| line.split_once(' '));
    urls.map(|(_, url)| url.to_owned()).collect()
}

/// The absolute paths of files, with their names as the user would write them: those that are named, or all.
pub(crate) fn paths(paths: &[PathBuf]) -> Result<Vec<(PathBuf, String)>> {
    let listing = list(paths)?;
    let named = listing
        .files
        .keys()
        .map(|path| (path.clone(), listing.name(path)));
    Ok(named.collect())
}
