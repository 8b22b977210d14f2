//! files/private-key: A private age key is in Git.
//!
//! Whoever can read the repository, or could at any time, opens everything that is encrypted for
//! this key: as text, in a Secret's base64 data, or in any other file.
//!
//! Only what is there now is looked at, not what Git remembers. Taking it out of Git does not take it back. Replace the key (`flux sops-age rotate-key
//! --emergency`), and then the values that it opened. Keep keys outside of the repository or in
//! its `.gitignore`.

use shared::age::shown;
use shared::finding::{Findings, Level};

use super::super::Need;
use crate::repository::git::Standing;
use crate::seen::Seen;
use crate::shell::quoted;
use crate::tree::File;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        for key in &file.private_keys {
            let how = if key.is_coded { ", in base64" } else { "" };
            let (level, what) = match file.standing {
                Standing::Tracked => (
                    Level::Error,
                    "whoever reads the repository has it, and once committed it stays in its history: \
                     replace it (flux sops-age rotate-key --emergency)",
                ),
                Standing::Unknown => (Level::Error, "it must not get into Git"),
                Standing::Untracked => (Level::Warning, "no .gitignore keeps it out of Git"),
            };
            let text = format!(
                "holds the private key of {}{how}: {what}",
                shown(&key.recipient)
            );
            let finding = found.at(level, file.object(), file.place(key.line), text);
            match file.standing {
                Standing::Tracked => finding.remedy(untrack(file)),
                // The file may lack the end of its last line.
                Standing::Untracked => finding.remedy(format!(
                    "printf '\\n%s\\n' {} >> {}",
                    quoted(&pattern(&file.below_top)),
                    quoted(&seen.tree.ignore_file)
                )),
                Standing::Unknown => finding,
            };
        }
    }
}

/// What takes this file alone out of Git: it takes a name for a pattern.
fn untrack(file: &File) -> String {
    let is_pattern = file.name.contains(['*', '?', '[', '\\', ':']);
    let literal = if is_pattern {
        " --literal-pathspecs"
    } else {
        ""
    };
    format!("git{literal} rm --cached {}", file.word())
}

/// What of a `.gitignore` at the top stands for this file alone.
fn pattern(below_top: &str) -> String {
    let mut pattern = String::from("/");
    for c in below_top.chars() {
        // A pattern is a line; what is no text in a name is not known here.
        if let '\n' | '\r' | char::REPLACEMENT_CHARACTER = c {
            pattern.push(if c.is_control() { '?' } else { '*' });
            continue;
        }
        if matches!(c, '\\' | '*' | '?' | '[' | ' ') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
