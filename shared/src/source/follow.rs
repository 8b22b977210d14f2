//! Follows clusters: judges what is there now, then again after each change, until satisfied.
//!
//! Changes come from watches, so a cluster is not asked again and again. The watches begin before
//! the lists are read: what happens between the two is told twice rather than never.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep, timeout_at};

use super::cluster::read_all;
use super::customs;
use super::document::Document;
use super::runtime;
use super::secret_rows::SELECTOR;
use crate::facts::{AnyFact, Facts, Kind};
use crate::failure::Result;
use crate::kube::{self, Api, Change, Connection, Discovery, Refusal, Version, watch};

/// Changes that come at once are judged at once.
const TOGETHER: Duration = Duration::from_millis(100);

/// How often the present is judged anew without any change, for deadlines pass too.
const TICK: Duration = Duration::from_secs(1);

/// How long to wait before a watch that broke off is begun again.
const PAUSE: Duration = Duration::from_secs(1);

const JSON: &str = "application/json";
/// Of Secrets only that they changed: their values are not for us.
const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

/// When a judgement is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// There may be another.
    Early,
    /// The time is up.
    Last,
}

/// What a watch told of one of the clusters.
enum News {
    Put(AnyFact),
    Gone(AnyFact),
    /// What was told before is not enough: read anew.
    Reread,
}

/// Reads the wanted kinds of the named contexts and judges them: at once, after each change, and a
/// last time when `limit` has passed, unless a judgement breaks off before.
///
/// # Errors
/// When no context can be read.
pub fn follow<T>(
    flags: &Connection,
    wanted: &BTreeSet<Kind>,
    limit: Duration,
    mut judge: impl FnMut(&[Facts], Moment) -> ControlFlow<T>,
) -> Result<Option<T>> {
    runtime::run(async {
        let deadline = Instant::now() + limit;
        let mut all = read_all(flags, wanted).await?;
        if let ControlFlow::Break(done) = judge(&all, moment(deadline)) {
            return Ok(Some(done));
        }
        let (sender, mut news) = unbounded_channel();
        watch_all(flags, wanted, &sender).await?;
        all = read_all(flags, wanted).await?;
        loop {
            if let ControlFlow::Break(done) = judge(&all, moment(deadline)) {
                return Ok(Some(done));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            if take_in(&mut news, &mut all, deadline).await {
                all = read_all(flags, wanted).await?;
            }
            for facts in &mut all {
                facts.now = Timestamp::now();
            }
        }
    })
}

fn moment(deadline: Instant) -> Moment {
    if Instant::now() < deadline {
        Moment::Early
    } else {
        Moment::Last
    }
}

/// Waits for news, or for the next tick, and takes in all that comes together. Tells whether the
/// clusters are to be read anew.
async fn take_in(
    news: &mut UnboundedReceiver<(usize, News)>,
    all: &mut [Facts],
    deadline: Instant,
) -> bool {
    let tick = deadline.min(Instant::now() + TICK);
    let Ok(Some(first)) = timeout_at(tick, news.recv()).await else {
        return false;
    };
    sleep(TOGETHER).await;
    let mut reread = false;
    let mut next = Some(first);
    while let Some((cluster, told)) = next {
        match (all.get_mut(cluster), told) {
            (Some(facts), News::Put(fact)) => facts.put(fact),
            (Some(facts), News::Gone(fact)) => facts.remove(&fact),
            (_, News::Reread) => reread = true,
            (None, _) => {}
        }
        next = news.try_recv().ok();
    }
    reread
}

async fn watch_all(
    flags: &Connection,
    wanted: &BTreeSet<Kind>,
    news: &UnboundedSender<(usize, News)>,
) -> Result<()> {
    let current = [None];
    let named: Vec<_> = flags
        .contexts
        .iter()
        .map(|name| Some(name.as_str()))
        .collect();
    let contexts = if named.is_empty() {
        &current[..]
    } else {
        &named
    };
    for (number, context) in contexts.iter().enumerate() {
        let cluster = kube::connect(flags, *context).await?;
        let Ok(discovery) = Discovery::of(&cluster.api).await else {
            continue;
        };
        let feeds = feeds(&cluster.api, &discovery, wanted, number, news);
        let versions = feeds
            .iter()
            .map(|feed| Version::now(&feed.api, &feed.path, feed.query));
        let versions = futures::future::join_all(versions).await;
        for (feed, version) in feeds.into_iter().zip(versions) {
            // A list that cannot be read is a gap already, and cannot be watched either.
            if let Ok(version) = version {
                tokio::spawn(feed.run(version));
            }
        }
    }
    Ok(())
}

fn feeds(
    api: &Api,
    discovery: &Discovery,
    wanted: &BTreeSet<Kind>,
    cluster: usize,
    news: &UnboundedSender<(usize, News)>,
) -> Vec<Feed> {
    let mut feeds = Vec::new();
    for kind in wanted {
        let is_secret = *kind == Kind::Secret;
        let places = match kind {
            Kind::Custom => customs::places(discovery),
            kind => discovery.places(*kind).0,
        };
        feeds.extend(places.into_iter().map(|place| Feed {
            api: api.clone(),
            cluster,
            path: place.path(),
            query: if is_secret { SELECTOR } else { "" },
            is_secret,
            news: news.clone(),
        }));
    }
    feeds
}

/// One list that is watched.
struct Feed {
    api: Api,
    cluster: usize,
    path: String,
    query: &'static str,
    is_secret: bool,
    news: UnboundedSender<(usize, News)>,
}

impl Feed {
    /// Watches until nobody listens any more.
    async fn run(self, mut since: Version) {
        let accept = if self.is_secret { METADATA } else { JSON };
        while !self.news.is_closed() {
            let told = watch(
                &self.api,
                &self.path,
                self.query,
                accept,
                &mut since,
                |change| self.tell(&change),
            )
            .await;
            if let Err(Refusal::Gone(_)) = told {
                let Ok(now) = Version::now(&self.api, &self.path, self.query).await else {
                    return;
                };
                since = now;
                self.send(News::Reread);
            }
            sleep(PAUSE).await;
        }
    }

    fn tell(&self, change: &Change) {
        if self.is_secret {
            return self.send(News::Reread);
        }
        let (Change::Put(object) | Change::Gone(object)) = change;
        for fact in Document::of_object(object.get()).objects {
            self.send(match change {
                Change::Put(_) => News::Put(fact),
                Change::Gone(_) => News::Gone(fact),
            });
        }
    }

    fn send(&self, news: News) {
        // That nobody listens any more ends the watch at its next turn.
        let _ = self.news.send((self.cluster, news));
    }
}
