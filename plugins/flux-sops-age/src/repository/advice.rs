//! What is left to a person: the commit.

use std::io::Write;

use crate::shell::quoted;

/// How many files are named.
const MOST: usize = 20;

/// Says how to commit and push files, or all that Git has where they are too many to be named.
pub(crate) fn commit(out: &mut impl Write, files: &[String], message: &str) -> std::io::Result<()> {
    writeln!(out, "\nnow commit and push:")?;
    let names: Vec<String> = files.iter().map(|file| quoted(file)).collect();
    let names = match names.len() {
        0..=MOST => names.join(" "),
        _ => "--update".to_owned(),
    };
    writeln!(out, "  git add {names}")?;
    writeln!(out, "  git commit -m {}", quoted(message))?;
    writeln!(out, "  git push")
}
