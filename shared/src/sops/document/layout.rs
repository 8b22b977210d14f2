//! How files are laid out that are written anew.

use crate::sops::json::Indent;

/// How files are laid out, as `stores` of `.sops.yaml` and `--indent` say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Spaces for a level of YAML that is written from nothing.
    pub yaml: usize,
    /// A level of JSON.
    pub json: Indent,
    /// A level of the envelope of binary files.
    pub binary: Indent,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            yaml: 4,
            json: Indent::Tab,
            binary: Indent::Tab,
        }
    }
}
