//! What the history had. No setting of the user and no attribute of a file hides any of it.

use std::path::{Path, PathBuf};

use super::{git, path_of, run};

/// A file that was in the tree once and is gone.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gone {
    pub(crate) path: PathBuf,
    /// What it held at last.
    pub(crate) blob: String,
    /// The commit that took it away.
    pub(crate) commit: String,
}

/// The files that any commit took away, the last ones first; nothing where Git cannot tell. A file that was moved as
/// it is did not go.
pub(crate) fn deleted(top: &Path) -> Option<Vec<Gone>> {
    let out = run(git(top)
        .args(["log", "--all", "--no-show-signature", "--format=%H"])
        .args(["-m", "--raw", "-z", "--no-abbrev", "-M100%"])
        .arg("--diff-filter=D"))?;
    let mut commit = String::new();
    let mut gone = Vec::new();
    let mut parts = out.split(|byte| *byte == 0);
    while let Some(part) = parts.next() {
        let text = String::from_utf8_lossy(part.trim_ascii_start());
        // :MODE MODE BLOB BLOB D, and then the path; what is no file has another mode.
        let Some(change) = text.strip_prefix(':') else {
            commit = text.into_owned();
            continue;
        };
        let path = path_of(parts.next()?);
        if change.starts_with("100") {
            gone.push(Gone {
                path,
                blob: change.split(' ').nth(2)?.to_owned(),
                commit: commit.clone(),
            });
        }
    }
    Some(gone)
}

/// What an object of Git holds, by its hash.
pub(crate) fn blob(top: &Path, hash: &str) -> Option<Vec<u8>> {
    run(git(top).args(["cat-file", "blob", hash]))
}

/// Whether the clone lacks older commits.
pub(crate) fn is_shallow(top: &Path) -> bool {
    let out = run(git(top).args(["rev-parse", "--is-shallow-repository"]));
    out.is_some_and(|out| out.starts_with(b"true"))
}
