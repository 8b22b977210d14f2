//! What Git says: where its tree starts, what it ignores, and what its commits hold.

mod commit;
mod history;
#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use commit::{Submodules, files_with, submodules};
pub(crate) use history::{Gone, blob, deleted, is_shallow};
use shared::age::sources::SECRET_VARIABLES;

/// The top of the Git tree that a folder is in.
pub(crate) fn top(folder: &Path) -> Option<PathBuf> {
    let mut above = folder.ancestors();
    above
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_owned)
}

/// Where Git keeps its own files of a tree: for a linked tree another folder.
pub(crate) fn own_folder(top: &Path) -> PathBuf {
    let path = top.join(".git");
    let text = std::fs::read(&path).unwrap_or_default();
    match text.trim_ascii().strip_prefix(b"gitdir: ") {
        Some(folder) => top.join(path_of(folder)),
        None => path,
    }
}

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

/// The files of a folder, as Git tells.
#[derive(Default)]
pub(crate) struct Listed {
    /// What Git has, and what it would take.
    pub(crate) files: Vec<(PathBuf, Standing)>,
    /// What it was told to leave out of this tree (`git sparse-checkout`).
    pub(crate) left_out: Vec<PathBuf>,
}

/// What Git has below a folder, and what it would take; nothing where it cannot tell.
pub(crate) fn listed(folder: &Path) -> Option<Listed> {
    let out = run(git(folder)
        .args(["ls-files", "-z", "-t", "--cached", "--others"])
        .args(["--exclude-standard", "--", "."]))?;
    let mut listed = Listed::default();
    for entry in out.split(|byte| *byte == 0) {
        let [tag, b' ', path @ ..] = entry else {
            continue;
        };
        let path = folder.join(path_of(path));
        match tag {
            b'S' if path.symlink_metadata().is_err() => listed.left_out.push(path),
            b'?' => listed.files.push((path, Standing::Untracked)),
            _ => listed.files.push((path, Standing::Tracked)),
        }
    }
    Some(listed)
}

/// What it was told to leave out of a tree below a folder. Only a tree that was ever a sparse one is asked.
pub(crate) fn left_out(folder: &Path) -> Vec<PathBuf> {
    let top = top(folder);
    let is_sparse = top.is_some_and(|top| own_folder(&top).join("info/sparse-checkout").exists());
    match is_sparse.then(|| listed(folder)).flatten() {
        Some(listed) => listed.left_out,
        None => Vec::new(),
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// The addresses of a tree's remotes.
pub(crate) fn remotes(top: &Path) -> Vec<String> {
    let out = run(git(top).args(["config", "-z", "--get-regexp", r"^remote\..*\.url$"]));
    let out = out.unwrap_or_default();
    let entries = String::from_utf8_lossy(&out);
    let urls = entries
        .split('\0')
        .filter_map(|entry| entry.split_once('\n'));
    urls.map(|(_, url)| url.to_owned()).collect()
}

/// Whether a file in the tree would never be committed. Where Git cannot be asked it would be.
pub(crate) fn ignores(top: &Path, file: &Path) -> bool {
    let status = git(top)
        // It takes every name as that file, and refuses to be told so.
        .env_remove(LITERAL)
        .args(["check-ignore", "--quiet", "--"])
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Whether a file differs from what is committed; nothing where Git does not say.
pub(crate) fn has_changes(top: &Path, files: &[PathBuf]) -> Option<bool> {
    let out = run(git(top)
        .args(["status", "--porcelain", "--untracked-files=all", "--"])
        .args(files.iter().map(AsRef::<OsStr>::as_ref)))?;
    Some(!out.is_empty())
}

fn run(command: &mut Command) -> Option<Vec<u8>> {
    let out = command.stderr(Stdio::null()).output().ok()?;
    out.status.success().then_some(out.stdout)
}

/// Has names taken for files.
const LITERAL: &str = "GIT_LITERAL_PATHSPECS";

fn git(top: &Path) -> Command {
    let mut command = Command::new("git");
    // A repository may name a program there that is run for each question.
    command.args(["-c", "core.fsmonitor=false"]);
    command.arg("-C").arg(top).stdin(Stdio::null());
    // A name is that file, whatever brackets and stars are in it.
    command.env(LITERAL, "1");
    // What stands in for an object on this machine is not what a cluster gets.
    command.env("GIT_NO_REPLACE_OBJECTS", "1");
    // Its own locks are not ours to take.
    command.env("GIT_OPTIONAL_LOCKS", "0");
    for variable in SECRET_VARIABLES {
        command.env_remove(variable);
    }
    command
}
