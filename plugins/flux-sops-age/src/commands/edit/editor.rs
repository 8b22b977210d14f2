//! The person's editor.

use std::path::Path;
use std::process::Command;

use shared::age::sources::SECRET_VARIABLES;
use shared::failure::{self, Failure, Result};
use shared::sops::exit;

/// What is tried where no editor is named.
const USUAL: [&str; 3] = ["vim", "nano", "vi"];

/// Opens a file in the editor, and waits for its end.
///
/// # Errors
/// When there is no editor, or it fails.
pub(super) fn run(file: &Path) -> Result<()> {
    let words = words()?;
    let mut editor = Command::new(&words[0]);
    editor.args(&words[1..]).arg(file);
    for variable in SECRET_VARIABLES {
        editor.env_remove(variable);
    }
    let failed = |why: String| {
        Failure::new(format!("the editor failed: {}: {why}", words[0])).exit(exit::NO_EDITOR)
    };
    let status = editor
        .status()
        .map_err(|error| failed(failure::io(&error)))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(status.to_string()))
    }
}

fn words() -> Result<Vec<String>> {
    for variable in ["SOPS_EDITOR", "EDITOR"] {
        let Ok(editor) = std::env::var(variable) else {
            continue;
        };
        if editor.is_empty() {
            continue;
        }
        return match shlex::split(&editor) {
            Some(words) if !words.is_empty() => Ok(words),
            _ => {
                Err(Failure::new(format!("cannot read ${variable}: {editor}"))
                    .exit(exit::NO_EDITOR))
            }
        };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    USUAL
        .iter()
        .find(|name| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
        .map(|name| vec![(*name).to_owned()])
        .ok_or_else(|| {
            Failure::new("there is no editor")
                .hint("name one: export EDITOR=...")
                .exit(exit::NO_EDITOR)
        })
}
