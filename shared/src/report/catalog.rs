//! Which program's checks a report is of: how it is called, and where its checks are described.

use std::fmt;

use crate::check::Manual;

/// The checks of one program.
#[derive(Clone, Copy)]
pub struct Catalog {
    /// What the user typed: `kubectl platform validate`.
    pub command: &'static str,
    /// The page of the repository that describes the checks.
    pub page: &'static str,
    /// The manual of the check with this id.
    pub manual: fn(&str) -> Option<Manual>,
}

impl Catalog {
    /// The anchor of a check in the page.
    pub fn docs(&self, check: &str) -> String {
        let anchor: String = check.chars().filter(|c| *c != '/').collect();
        format!(
            "{}/blob/main/{}#{anchor}",
            env!("CARGO_PKG_REPOSITORY"),
            self.page
        )
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.command)
    }
}
