//! Kinds that have a struct, and what the rows of their table become.

mod generated;
mod table;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::listing::Listing;
use super::meta::Meta;
use crate::object::{ObjectRef, group_of};

/// Whether objects of a kind live in a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// They do.
    Namespaced,
    /// They belong to the whole cluster.
    Cluster,
}

/// An object of a kind that checks may ask for.
pub trait Fact: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its kind.
    const KIND: Kind;

    /// Its metadata.
    fn meta(&self) -> &Meta;

    /// Its metadata, for the reader to complete.
    fn meta_mut(&mut self) -> &mut Meta;

    /// The list of its kind.
    fn listing(lists: &Lists) -> &Listing<Self>;

    /// The list of its kind, for the reader to fill.
    fn listing_mut(lists: &mut Lists) -> &mut Listing<Self>;

    /// The object among objects of other kinds.
    fn into_any(self) -> AnyFact;

    /// The name by which findings point at it.
    fn reference(&self) -> ObjectRef {
        self.meta().reference()
    }
}

pub(crate) use table::for_kind;
pub use table::{AnyFact, Kind, Lists, by_kind};

/// What the table knows of an object's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A kind with a struct, in a version that the struct is right for.
    Yes(Kind, &'static str),
    /// A kind with a struct, in a version that we do not know.
    OtherVersion(Kind),
    /// No kind of the table.
    No,
}

/// Objects that have no struct.
const CUSTOM: &str = "custom resources";

impl Kind {
    /// The name of an object of this kind that was not read; its namespace only where it has one.
    pub fn object(self, namespace: &str, name: &str) -> ObjectRef {
        let api_version = self.apis().first().copied().unwrap_or_default();
        let namespace = match self.scope() {
            Scope::Namespaced => namespace,
            Scope::Cluster => "",
        };
        ObjectRef::new(api_version, self.name(), namespace, name)
    }

    /// The name as people read it: what has no struct is told as what it is to a cluster.
    pub const fn shown(self) -> &'static str {
        match self {
            Self::Custom => CUSTOM,
            kind => kind.name(),
        }
    }

    /// The name of several as people read it.
    pub const fn shown_plural(self) -> &'static str {
        match self {
            Self::Custom => CUSTOM,
            kind => kind.plural(),
        }
    }

    /// Looks up an object's type.
    pub fn known(api_version: &str, kind: &str) -> Known {
        let group = group_of(api_version);
        let Some(found) = Self::ALL.iter().copied().find(|known| {
            known.name() == kind && known.apis().iter().any(|api| group_of(api) == group)
        }) else {
            return Known::No;
        };
        match found.apis().iter().find(|api| **api == api_version) {
            Some(api) => Known::Yes(found, api),
            None => Known::OtherVersion(found),
        }
    }
}
