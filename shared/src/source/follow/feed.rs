//! One list that is watched, and what is told of it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep};

use super::super::document::Document;
use super::super::secret_rows::SELECTOR;
use crate::facts::{AnyFact, Kind};
use crate::kube::{Api, Change, Refusal, Resource, Version, watch};
use crate::malformed;
use crate::mask::mask_credentials;

/// How long to wait before a watch that broke off is begun again; twice that where it breaks off again, and so on, up
/// to the longest. Some clusters have fifty lists, and a server that ends all watches at once has trouble enough.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

const JSON: &str = "application/json";
/// Of Secrets only that they changed: their values are not for us.
const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

/// What a watch tells.
pub(super) enum News {
    Put(AnyFact),
    Gone(AnyFact),
    /// A Secret is there, and is not as it was.
    Secret(SecretName),
    SecretGone(SecretName),
    /// An object that is not understood.
    Odd(Kind, String),
    /// What was told before is not enough: the list is to be read anew.
    Missed(Kind, Resource),
    /// Nothing is heard at a path, and why; or something again.
    Away(String, String),
    Back(String),
    /// A list that cannot be watched, or not any more.
    Refused(Kind, Refusal),
}

/// The watches of a cluster since it was opened: what those before have told is not heard any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Teller {
    pub(super) cluster: usize,
    /// How often the cluster had been opened anew.
    pub(super) opened: u64,
}

/// News, and whose.
pub(super) struct Told {
    pub(super) teller: Teller,
    pub(super) news: News,
}

/// A Secret, of which nothing else is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct SecretName {
    pub(super) namespace: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct Named {
    metadata: SecretName,
}

/// A list, and who is told.
pub(super) struct Feed {
    pub(super) api: Api,
    pub(super) kind: Kind,
    pub(super) place: Resource,
    pub(super) teller: Teller,
    pub(super) listener: UnboundedSender<Told>,
}

/// What a list is asked for beside its path.
fn query(kind: Kind) -> &'static str {
    match kind {
        Kind::Secret => SELECTOR,
        _ => "",
    }
}

/// The present version of a list.
///
/// # Errors
/// What the server said instead.
pub(super) async fn version(api: &Api, kind: Kind, place: &Resource) -> Result<Version, Refusal> {
    Version::now(api, &place.path(), query(kind)).await
}

impl Feed {
    /// Watches until nobody listens any more, or the server does not let us. Where it is not known since when, the
    /// list is read anew.
    pub(super) async fn run(self, mut since: Option<Version>) {
        let path = self.place.path();
        let mut pause = PAUSE;
        loop {
            let mut is_open = false;
            let before = since.clone();
            let begun = Instant::now();
            let ended = match &mut since {
                Some(since) => self.listen(since, &mut is_open).await,
                None => self.begin_anew().await.map(|now| since = Some(now)),
            };
            if self.listener.is_closed() {
                return;
            }
            let has_told = is_open && since.is_some() && since != before;
            if has_told || begun.elapsed() > LONGEST_PAUSE {
                pause = PAUSE;
            }
            match ended {
                Ok(()) => {}
                Err(Refusal::Gone(_)) if since.take().is_some() => continue,
                Err(refusal) if refusal.is_lasting() => {
                    return self.send(News::Refused(self.kind, refusal));
                }
                Err(_) if has_told => {}
                Err(refusal) => {
                    self.send(News::Away(path.clone(), refusal.message().to_owned()));
                    // One that breaks as soon as it is open might never tell what has changed.
                    since.take_if(|_| is_open);
                }
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Tells what changes, until the watch ends.
    async fn listen(&self, since: &mut Version, is_open: &mut bool) -> Result<(), Refusal> {
        let path = self.place.path();
        let accept = match self.kind {
            Kind::Secret => METADATA,
            _ => JSON,
        };
        let tell = |change| {
            if !*is_open {
                self.send(News::Back(path.clone()));
            }
            *is_open = true;
            self.tell(change);
        };
        watch(&self.api, &path, query(self.kind), accept, since, tell).await
    }

    async fn begin_anew(&self) -> Result<Version, Refusal> {
        let now = version(&self.api, self.kind, &self.place).await?;
        self.send(News::Missed(self.kind, self.place.clone()));
        Ok(now)
    }

    fn tell(&self, change: Change) {
        let (object, is_gone) = match change {
            Change::None => return,
            Change::Put(object) => (object, false),
            Change::Gone(object) => (object, true),
        };
        if self.kind == Kind::Secret {
            return self.tell_of_secret(&object, is_gone);
        }
        let mut text = String::from(Box::<str>::from(object)).into_bytes();
        mask_credentials(&mut text);
        let document = Document::of_object(&String::from_utf8_lossy(&text));
        for fact in document.objects {
            self.send(if is_gone {
                News::Gone(fact)
            } else {
                News::Put(fact)
            });
        }
        for unreadable in document.unreadable {
            self.send(News::Odd(self.kind, unreadable.why));
        }
    }

    fn tell_of_secret(&self, object: &RawValue, is_gone: bool) {
        self.send(match serde_json::from_str(object.get()) {
            Ok(Named { metadata }) if is_gone => News::SecretGone(metadata),
            Ok(Named { metadata }) => News::Secret(metadata),
            Err(error) => News::Odd(self.kind, malformed::json_reason(&error)),
        });
    }

    fn send(&self, news: News) {
        // That nobody listens any more ends the watch at its next turn.
        let teller = self.teller;
        let _ = self.listener.send(Told { teller, news });
    }
}
