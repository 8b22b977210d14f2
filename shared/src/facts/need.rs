//! What a check needs to see.

use serde::Serialize;

use super::kind::Kind;

/// How a check uses a kind, the strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What the check judges. None of any subject: the check does not apply.
    Subject,
    /// What subjects refer to. It must be readable; none of the kind is a fact.
    Lookup,
    /// What subjects name, one thing at a time: of a kind that a file holds none of nothing is said, and what is
    /// named of others is judged all the same. The check must find by the object that is absent, or blame it.
    #[serde(rename = "lookup")]
    Named,
    /// What makes a message better. The check runs without it.
    Hint,
}

/// Who can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// A manifest.
    Declared,
    /// Only a cluster or a snapshot: status, events.
    Live,
}

/// One kind that a check reads, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The kind.
    pub kind: Kind,
    /// How it is used.
    pub role: Role,
    /// Who can tell.
    pub layer: Layer,
}

/// The check judges manifests of this kind.
pub const fn declared(kind: Kind) -> Need {
    Need {
        kind,
        role: Role::Subject,
        layer: Layer::Declared,
    }
}

/// The check judges the state of objects of this kind.
pub const fn live(kind: Kind) -> Need {
    Need {
        kind,
        role: Role::Subject,
        layer: Layer::Live,
    }
}

impl Need {
    /// Only looked up, never judged.
    #[must_use]
    pub const fn lookup(self) -> Self {
        Self {
            role: Role::Lookup,
            ..self
        }
    }

    /// Only named, and absent kind by kind.
    #[must_use]
    pub const fn named(self) -> Self {
        Self {
            role: Role::Named,
            ..self
        }
    }

    /// Only used where it is there.
    #[must_use]
    pub const fn hint(self) -> Self {
        Self {
            role: Role::Hint,
            ..self
        }
    }
}
