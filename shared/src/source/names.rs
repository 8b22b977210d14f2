//! The names of what is there, for shells to offer: nothing else is read.

use std::time::Duration;

use serde::Deserialize;

use super::runtime;
use crate::failure::{Failure, Result};
use crate::kube::{self, Connection, Discovery, Resource};
use crate::malformed;

/// The names of objects alone, of Secrets too.
const NAMES: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/// More than anybody looks through.
const MOST: usize = 500;

/// An object's namespace, empty where it has none, and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Name {
    /// The namespace.
    #[serde(default)]
    pub namespace: String,
    /// The name.
    pub name: String,
}

#[derive(Deserialize)]
struct List {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    metadata: Name,
}

/// The objects of the lists that `find` chooses, in one namespace or in all; `query` is what else
/// to ask for, beginning with `&`.
///
/// # Errors
/// When the cluster does not answer within `limit`.
pub fn names(
    flags: &Connection,
    limit: Duration,
    namespace: Option<&str>,
    query: &str,
    find: impl FnOnce(&Discovery) -> Vec<Resource>,
) -> Result<Vec<Name>> {
    let read = async {
        let context = flags.contexts.first().map(String::as_str);
        let api = kube::connect(flags, context).await?.api;
        let failed = |refusal: kube::Refusal| Failure::new(refusal.message());
        let mut names = Vec::new();
        for place in find(&Discovery::of(&api).await.map_err(failed)?) {
            let path = namespace.map_or_else(|| place.path(), |name| place.path_in(name));
            let url = format!("{path}?limit={MOST}{query}");
            let body = api.get(&url, NAMES).await.map_err(failed)?;
            let list: List = serde_json::from_slice(&body)
                .map_err(|error| Failure::new(malformed::json(&error)))?;
            names.extend(list.items.into_iter().map(|item| item.metadata));
        }
        Ok(names)
    };
    runtime::run(async {
        let answer = tokio::time::timeout(limit, read).await;
        answer.unwrap_or_else(|_| Err(Failure::new("no answer in time")))
    })
}
