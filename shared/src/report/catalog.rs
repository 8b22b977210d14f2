//! Which program's checks a report is of: how it is called, and where its checks are described.

use std::fmt;

use crate::check::Manual;

/// The checks of one program.
#[derive(Clone, Copy)]
pub struct Catalog {
    /// What the user typed: `kubectl platform validate`.
    pub command: &'static str,
    /// What prints the manual of a check: `kubectl platform explain`.
    pub explain: &'static str,
    /// What lists the checks: `kubectl platform checks`.
    pub list: &'static str,
    /// What to do where rights lack, if there is anything to say.
    pub rights: Option<&'static str>,
    /// The page of the repository that describes the checks.
    pub page: &'static str,
    /// The checks, area by area.
    pub checks: fn() -> Vec<Described>,
}

/// A check as its manual and its page know it.
#[derive(Debug, Clone)]
pub struct Described {
    /// `area/name`.
    pub id: &'static str,
    /// The head of the source file, which is the manual.
    pub source: &'static str,
    /// The kinds that it reads, where checks differ in that.
    pub reads: Option<String>,
}

impl Described {
    /// The area: what stands before the slash.
    pub fn area(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The manual.
    pub fn manual(&self) -> Manual {
        Manual::of(self.source)
    }
}

impl Catalog {
    /// The check with this id.
    pub fn find(&self, id: &str) -> Option<Described> {
        let mut all = (self.checks)().into_iter();
        all.find(|check| check.id == id)
    }

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
