//! Following a list: what changes in it, from a point in time on.

use std::time::Duration;

use ::kube::core::WatchEvent;
use futures::TryStreamExt;
use http::{Request, header};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use super::api::Api;
use super::failing::{code_refusal, watch_refusal};
use super::refusal::Refusal;
use crate::malformed;

/// What happened to an object, which is told as JSON.
pub(crate) enum Change {
    /// Nothing yet: the server has begun to tell.
    None,
    /// It is now like this.
    Put(Box<RawValue>),
    /// It is gone; this is how it was last.
    Gone(Box<RawValue>),
}

/// A server says every minute that nothing has changed. One that is silent for longer than this is
/// not there any more, although nobody closed the connection.
const QUIET: Duration = Duration::from_secs(180);

/// A list of metadata alone: of Secrets nothing else may be read.
const METADATA_LIST: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/// A point in time of one list, as the server names it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let list: Versioned = serde_json::from_slice(&page)
            .map_err(|error| Refusal::Unreadable(malformed::json(&error)))?;
        Ok(Self(list.metadata.resource_version))
    }

    fn move_on(&mut self, next: Option<Self>) {
        if let Some(next) = next {
            *self = next;
        }
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
/// What the server said instead: [`Refusal::Gone`] when the version is too old to go on from, so
/// that the list must be read anew.
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
    let opened = timeout(
        api.limit(),
        api.client().request_events::<Box<RawValue>>(request),
    )
    .await;
    let events = opened
        .map_err(|_| api.too_late())?
        .map_err(|error| watch_refusal(&error))?;
    let mut events = std::pin::pin!(events);
    tell(Change::None);
    loop {
        let next = timeout(QUIET, events.try_next()).await;
        let next = next.map_err(|_| Refusal::Timeout("nothing was heard of it".to_owned()))?;
        let Some(event) = next.map_err(|error| watch_refusal(&error))? else {
            return Ok(());
        };
        match event {
            WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                since.move_on(Version::of(&object));
                tell(Change::Put(object));
            }
            WatchEvent::Deleted(object) => {
                since.move_on(Version::of(&object));
                tell(Change::Gone(object));
            }
            WatchEvent::Bookmark(bookmark) => {
                since.move_on(Some(Version(bookmark.metadata.resource_version)));
            }
            WatchEvent::Error(error) => return Err(code_refusal(error.code, &error.message)),
        }
    }
}
