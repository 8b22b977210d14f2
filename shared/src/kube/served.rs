//! The groups, versions and kinds that an API server serves.

/// A group's versions, the server's favourite first.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) versions: Vec<Version>,
}

/// A version of a group.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) name: String,
    /// Whether the server behind it does not answer, so that nobody knows what it serves now.
    pub(super) stale: bool,
    pub(super) resources: Vec<Served>,
}

/// A kind that a version serves.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) plural: String,
    pub(super) kind: String,
    pub(super) verbs: Vec<String>,
}

impl Version {
    /// Whether it serves the kind with this name in paths.
    pub(super) fn serves(&self, plural: &str) -> bool {
        self.resources
            .iter()
            .any(|resource| resource.plural == plural)
    }
}

impl Served {
    /// What can only be listed is computed, not stored.
    pub(super) fn is_stored(&self) -> bool {
        let can = |verb: &str| self.verbs.iter().any(|known| known == verb);
        can("list") && can("watch")
    }
}
