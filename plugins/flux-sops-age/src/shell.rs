//! Commands that a person pastes into a shell.

use std::path::Path;

/// A path as a word of the shell that is no option.
pub(crate) fn quoted(path: &str) -> String {
    let path = if path.starts_with('-') {
        format!("./{path}")
    } else {
        path.to_owned()
    };
    // Only a NUL cannot be quoted, and no path has one.
    shlex::try_quote(&path).map_or(String::new(), std::borrow::Cow::into_owned)
}

/// The same of a path.
pub(crate) fn word(path: &Path) -> String {
    quoted(&path.display().to_string())
}
