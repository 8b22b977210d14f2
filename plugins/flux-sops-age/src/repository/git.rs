//! What Git says: where its tree starts, what it ignores, and what a commit holds.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    match text.trim().strip_prefix("gitdir: ") {
        Some(folder) => top.join(folder),
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

/// What Git has below a folder, and what it would take; nothing where it cannot tell.
pub(crate) fn listed(folder: &Path) -> Option<Vec<(PathBuf, Standing)>> {
    let out = run(git(folder)
        .args(["ls-files", "-z", "-t", "--cached", "--others"])
        .args(["--exclude-standard", "--", "."]))?;
    let entries = out.split(|byte| *byte == 0);
    let listed = entries.filter_map(|entry| {
        let [tag, b' ', path @ ..] = entry else {
            return None;
        };
        let standing = match tag {
            b'?' => Standing::Untracked,
            _ => Standing::Tracked,
        };
        Some((folder.join(path_of(path)), standing))
    });
    Some(listed.collect())
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
    let out = run(git(top).args(["config", "--get-regexp", r"^remote\..*\.url$"]));
    let out = out.unwrap_or_default();
    let lines = String::from_utf8_lossy(&out);
    let urls = lines.lines().filter_map(|line| line.split_once(' '));
    urls.map(|(_, url)| url.to_owned()).collect()
}

/// Whether a file in the tree would never be committed. Where Git cannot be asked it would be.
pub(crate) fn ignores(top: &Path, file: &Path) -> bool {
    let status = git(top)
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
        .args(["status", "--porcelain", "--"])
        .args(files.iter().map(AsRef::<OsStr>::as_ref)))?;
    Some(!out.is_empty())
}

/// The files of a commit that have a mark in them, with what they hold; nothing where the clone does not have it.
pub(crate) fn files_with(top: &Path, commit: &str, mark: &str) -> Option<HashMap<String, Vec<u8>>> {
    run(git(top).args(["cat-file", "-e", &format!("{commit}^{{commit}}")]))?;
    let listed = git(top)
        .args([
            "grep",
            "--name-only",
            "-z",
            "-I",
            "--fixed-strings",
            "-e",
            mark,
            commit,
        ])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    // 1: nothing was found.
    if !matches!(listed.status.code(), Some(0 | 1)) {
        return None;
    }
    let prefix = format!("{commit}:");
    let names = listed.stdout.split(|byte| *byte == 0);
    let names = names.filter_map(|name| {
        std::str::from_utf8(name)
            .ok()?
            .strip_prefix(&prefix)
            .map(str::to_owned)
    });
    let mut files = HashMap::new();
    for name in names {
        let bytes = run(git(top).args(["cat-file", "blob", &format!("{commit}:{name}")]))?;
        files.insert(name, bytes);
    }
    Some(files)
}

/// Files that were in the tree once and are gone, with the last commit that had them.
pub(crate) fn deleted(top: &Path) -> Vec<(String, String)> {
    let out = run(git(top).args([
        "log",
        "--all",
        "--diff-filter=D",
        "--name-only",
        "--format=commit %H",
    ]));
    let out = String::from_utf8(out.unwrap_or_default()).unwrap_or_default();
    let mut commit = String::new();
    let mut files = Vec::new();
    for line in out.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("commit ") {
            Some(hash) => commit = format!("{hash}^"),
            None => files.push((line.to_owned(), commit.clone())),
        }
    }
    files
}

/// What a commit has at a path.
pub(crate) fn at(top: &Path, commit: &str, path: &str) -> Option<Vec<u8>> {
    run(git(top).args(["cat-file", "blob", &format!("{commit}:{path}")]))
}

fn run(command: &mut Command) -> Option<Vec<u8>> {
    let out = command.stderr(Stdio::null()).output().ok()?;
    out.status.success().then_some(out.stdout)
}

fn git(top: &Path) -> Command {
    let mut command = Command::new("git");
    // A repository may name a program there that is run for each question.
    command.args(["-c", "core.fsmonitor=false"]);
    command.arg("-C").arg(top).stdin(Stdio::null());
    // Its own locks are not ours to take.
    command.env("GIT_OPTIONAL_LOCKS", "0");
    for variable in SECRET_VARIABLES {
        command.env_remove(variable);
    }
    command
}
