//! Lists, read page by page: one is fetched while the one before it is taken apart.

use std::sync::Arc;

use tokio::task::{JoinHandle, spawn_blocking};

use super::api::Api;
use super::refusal::Refusal;

/// How many objects are asked for at once: twice as many as kubectl does, for each page waits for the one before it.
const PAGE: usize = 1000;

/// A page of fewer bytes is taken apart at once: another thread would cost more than it spares.
const SMALL: usize = 64 << 10;

/// So many pages without an object are no list: a server may leave out what a selector does not choose, but each page
/// that it looks through for that is long.
const EMPTY: usize = 20;

/// How often a list is begun anew when its next page is gone.
const RESTARTS: usize = 2;

/// How the pages of a list are encoded, and what is made of one.
pub(crate) trait Encoding: Send + Sync + 'static {
    /// What is made of one object.
    type Item: Send + 'static;

    /// What to accept.
    fn accept(&self) -> &'static str;

    /// What asks for the next page; empty after the last.
    fn next(&self, page: &[u8]) -> Result<String, String>;

    /// Takes a page apart.
    fn read(&self, page: Vec<u8>) -> Result<Chunk<Self::Item>, String>;
}

/// What was made of one page.
pub(crate) struct Chunk<T> {
    /// The objects that could be read.
    pub(crate) items: Vec<T>,
    /// Why others could not.
    pub(crate) unreadable: Option<String>,
}

/// What was made of a list, as far as it could be read.
pub(crate) struct Listed<T> {
    /// The objects that could be read.
    pub(crate) items: Vec<T>,
    /// Why others could not.
    pub(crate) refusal: Option<Refusal>,
}

/// Reads a list; `query` is what to ask for beside its pages.
pub(crate) async fn list<E: Encoding>(
    api: &Api,
    path: &str,
    query: &str,
    encoding: &Arc<E>,
) -> Listed<E::Item> {
    let mut listed = read_once(api, path, query, encoding).await;
    for _ in 0..RESTARTS {
        if !matches!(listed.refusal, Some(Refusal::Gone(_))) {
            break;
        }
        listed = read_once(api, path, query, encoding).await;
    }
    listed
}

async fn read_once<E: Encoding>(
    api: &Api,
    path: &str,
    query: &str,
    encoding: &Arc<E>,
) -> Listed<E::Item> {
    let mut pages = Pages::new();
    let mut next = String::new();
    loop {
        let mut url = format!("{path}?limit={PAGE}{query}");
        if !next.is_empty() {
            url.push_str("&continue=");
            url.push_str(&next);
        }
        let page = match api.get(&url, encoding.accept()).await {
            Ok(page) => page,
            Err(refusal) => return pages.close(Some(refusal)).await,
        };
        next = match encoding.next(&page) {
            Ok(same) if !same.is_empty() && same == next => {
                let why = "the server gives the same page again and again".to_owned();
                return pages.close(Some(Refusal::Unreadable(why))).await;
            }
            Ok(next) => next,
            Err(why) => return pages.close(Some(Refusal::Unreadable(why))).await,
        };
        pages.add(encoding.clone(), page).await;
        if next.is_empty() {
            return pages.close(None).await;
        }
        if pages.empty > EMPTY {
            let why = "the server gives page after page without an object".to_owned();
            return pages.close(Some(Refusal::Unreadable(why))).await;
        }
    }
}

/// The pages of a list so far, of which the last is still being taken apart.
struct Pages<T> {
    listed: Listed<T>,
    /// How many pages without an object came last.
    empty: usize,
    last: Option<JoinHandle<Result<Chunk<T>, String>>>,
}

impl<T: Send + 'static> Pages<T> {
    fn new() -> Self {
        Self {
            listed: Listed {
                items: Vec::new(),
                refusal: None,
            },
            empty: 0,
            last: None,
        }
    }

    async fn add<E: Encoding<Item = T>>(&mut self, encoding: Arc<E>, page: Vec<u8>) {
        self.settle().await;
        if page.len() < SMALL {
            self.take(encoding.read(page));
        } else {
            self.last = Some(spawn_blocking(move || encoding.read(page)));
        }
    }

    async fn settle(&mut self) {
        if let Some(last) = self.last.take() {
            let chunk = last.await;
            self.take(chunk.unwrap_or_else(|error| Err(error.to_string())));
        }
    }

    fn take(&mut self, chunk: Result<Chunk<T>, String>) {
        let why = match chunk {
            Ok(chunk) => {
                self.empty = if chunk.items.is_empty() {
                    self.empty + 1
                } else {
                    0
                };
                self.listed.items.extend(chunk.items);
                chunk.unreadable
            }
            Err(why) => Some(why),
        };
        if let Some(why) = why {
            self.refuse(Refusal::Unreadable(why));
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.listed.refusal.get_or_insert(refusal);
    }

    async fn close(mut self, refusal: Option<Refusal>) -> Listed<T> {
        self.settle().await;
        if let Some(refusal) = refusal {
            // That the list must be begun anew goes before what was wrong with a page of it.
            self.listed.refusal = Some(refusal);
        }
        self.listed
    }
}
