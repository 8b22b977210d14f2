//! Following a list: what changes in it, from a point in time on.

use ::kube::core::WatchEvent;
use futures::TryStreamExt;
use http::{Request, header};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::api::Api;
use super::refusal::Refusal;

/// What happened to an object, which is told as JSON.
pub(crate) enum Change {
    /// It is now like this.
    Put(Box<RawValue>),
    /// It is gone; this is how it was last.
    Gone(Box<RawValue>),
}

/// A list of metadata alone: of Secrets nothing else may be read.
const METADATA_LIST: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/// A point in time of one list, as the server names it.
#[derive(Debug, Clone)]
pub(crate) struct Version(String);

#[derive(Deserialize)]
struct Versioned {
    metadata: VersionedMeta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VersionedMeta {
    #[serde(default)]
    resource_version: String,
}

impl Version {
    /// The list's present version.
    ///
    /// # Errors
    /// What the server said instead.
    pub(crate) async fn now(api: &Api, path: &str, query: &str) -> Result<Self, Refusal> {
        let page = api
            .get(&format!("{path}?limit=1{query}"), METADATA_LIST)
            .await?;
        let unreadable = |error: &dyn std::fmt::Display| Refusal::Unreadable(error.to_string());
        let text = std::str::from_utf8(&page).map_err(|error| unreadable(&error))?;
        let list: Versioned = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        Ok(Self(list.metadata.resource_version))
    }

    fn of(object: &RawValue) -> Option<Self> {
        let object: Versioned = serde_json::from_str(object.get()).ok()?;
        let version = object.metadata.resource_version;
        (!version.is_empty()).then_some(Self(version))
    }
}

/// Tells each change of a list after a version, until the server ends the watch. `since` moves on
/// with what was told, so that the next watch goes on from there.
///
/// # Errors
/// When the version is too old to go on from: the list must be read anew.
pub(crate) async fn watch(
    api: &Api,
    path: &str,
    query: &str,
    accept: &str,
    since: &mut Version,
    mut tell: impl FnMut(Change),
) -> Result<(), Refusal> {
    let url = format!(
        "{path}?watch=1&allowWatchBookmarks=true&resourceVersion={}{query}",
        since.0
    );
    let request = Request::get(url)
        .header(header::ACCEPT, accept)
        .body(Vec::new())
        .map_err(|error| Refusal::Unreadable(error.to_string()))?;
    let failed = |error: ::kube::Error| Refusal::Unreachable(error.to_string());
    let events = api
        .client()
        .request_events::<Box<RawValue>>(request)
        .await
        .map_err(failed)?;
    let mut events = std::pin::pin!(events);
    while let Some(event) = events.try_next().await.map_err(failed)? {
        match event {
            WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                *since = Version::of(&object).unwrap_or(since.clone());
                tell(Change::Put(object));
            }
            WatchEvent::Deleted(object) => {
                *since = Version::of(&object).unwrap_or(since.clone());
                tell(Change::Gone(object));
            }
            WatchEvent::Bookmark(bookmark) => *since = Version(bookmark.metadata.resource_version),
            WatchEvent::Error(error) => return Err(Refusal::Gone(error.message.clone())),
        }
    }
    Ok(())
}
