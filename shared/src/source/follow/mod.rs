//! Follows clusters: judges what is there now, then again after each change, until satisfied.
//!
//! Changes come from watches, so a cluster is not asked again and again. Where a watch is to begin
//! is asked before its list is read: what happens between the two is told twice rather than never.

mod feed;
mod followed;
mod places;
mod reread;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep, timeout_at};

use super::contexts::{known, of_each_context};
use super::runtime;
use crate::facts::{Facts, Kind};
use crate::failure::Result;
use crate::kube::Connection;
use feed::News;
use followed::Followed;

/// Changes that come at once are judged at once.
const TOGETHER: Duration = Duration::from_millis(100);

/// How often the present is judged anew without any change, for deadlines pass too.
const TICK: Duration = Duration::from_secs(1);

/// When a judgement is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// There may be another.
    Early,
    /// The same, but of a cluster nothing new is heard at present; why, in words.
    Away(String),
    /// The time is up.
    Last,
}

/// Reads the wanted kinds of the named contexts and judges them: at once, after each change and
/// each second, and a last time when `limit` has passed, unless a judgement breaks off before.
///
/// # Errors
/// When no context can be read, or the only one does not know us any more.
pub fn follow<T>(
    flags: &Connection,
    wanted: &BTreeSet<Kind>,
    limit: Duration,
    mut judge: impl FnMut(&[Facts], Moment) -> ControlFlow<T>,
) -> Result<Option<T>> {
    runtime::run(async {
        // What ends beyond the clock's range never ends.
        let deadline = Instant::now().checked_add(limit);
        let (sender, mut told) = unbounded_channel();
        let mut followers = Followers::open(flags, wanted, &sender).await?;
        let mut is_begun = false;
        loop {
            let moment = followers.moment(deadline);
            let is_last = moment == Moment::Last;
            if is_last {
                followers.note_away();
            }
            if let ControlFlow::Break(done) = judge(&followers.facts, moment) {
                return Ok(Some(done));
            }
            if is_last {
                return Ok(None);
            }
            if !is_begun {
                followers
                    .clusters
                    .iter_mut()
                    .flatten()
                    .for_each(Followed::begin);
                is_begun = true;
            }
            let news = next(&mut told, deadline).await;
            followers.take_in(news).await?;
        }
    })
}

/// Waits for news, or for the next tick, and takes all that comes together.
async fn next(
    told: &mut UnboundedReceiver<(usize, News)>,
    deadline: Option<Instant>,
) -> Vec<(usize, News)> {
    let tick = Instant::now() + TICK;
    let tick = deadline.map_or(tick, |deadline| deadline.min(tick));
    let Ok(Some(first)) = timeout_at(tick, told.recv()).await else {
        return Vec::new();
    };
    sleep(TOGETHER).await;
    let mut news = vec![first];
    while let Ok(next) = told.try_recv() {
        news.push(next);
    }
    news
}

/// All contexts, each with what is known of it.
struct Followers<'a> {
    flags: &'a Connection,
    wanted: &'a BTreeSet<Kind>,
    sender: &'a UnboundedSender<(usize, News)>,
    facts: Vec<Facts>,
    /// None where a context could not be read.
    clusters: Vec<Option<Followed>>,
}

impl<'a> Followers<'a> {
    async fn open(
        flags: &'a Connection,
        wanted: &'a BTreeSet<Kind>,
        sender: &'a UnboundedSender<(usize, News)>,
    ) -> Result<Self> {
        let open = async |context: Option<&str>| Followed::open(flags, context, wanted).await;
        let mut followers = Self {
            flags,
            wanted,
            sender,
            facts: Vec::new(),
            clusters: Vec::new(),
        };
        for (number, (context, opened)) in
            of_each_context(flags, open).await?.into_iter().enumerate()
        {
            let (cluster, facts) = match opened {
                Ok((cluster, facts)) => (Some(cluster.telling(number, sender)), Ok(facts)),
                Err(failure) => (None, Err(failure)),
            };
            followers.clusters.push(cluster);
            followers.facts.push(known((context, facts)));
        }
        Ok(followers)
    }

    fn moment(&self, deadline: Option<Instant>) -> Moment {
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Moment::Last;
        }
        let away = self.clusters.iter().flatten().find_map(Followed::away);
        away.map_or(Moment::Early, Moment::Away)
    }

    fn note_away(&mut self) {
        for (cluster, facts) in self.clusters.iter().zip(&mut self.facts) {
            if let Some(cluster) = cluster {
                cluster.note_away(facts);
            }
        }
    }

    async fn take_in(&mut self, news: Vec<(usize, News)>) -> Result<()> {
        let mut by_cluster: Vec<Vec<News>> = self.facts.iter().map(|_| Vec::new()).collect();
        for (number, news) in news {
            if let Some(own) = by_cluster.get_mut(number) {
                own.push(news);
            }
        }
        for (number, news) in by_cluster.into_iter().enumerate() {
            let facts = &mut self.facts[number];
            facts.now = Timestamp::now();
            if let Some(cluster) = &mut self.clusters[number]
                && cluster.take_in(news, facts, self.wanted).await.is_break()
            {
                self.open_anew(number).await?;
            }
        }
        Ok(())
    }

    /// Begins again with a cluster that does not know us any more: a token has run out, and there
    /// may be another.
    async fn open_anew(&mut self, number: usize) -> Result<()> {
        self.clusters[number] = None;
        let context = self.flags.contexts.get(number).map(String::as_str);
        let opened = Followed::open(self.flags, context, self.wanted).await;
        let name = self.facts[number].cluster.clone();
        self.facts[number] = match opened {
            Ok((cluster, facts)) => {
                let mut cluster = cluster.telling(number, self.sender);
                cluster.begin();
                self.clusters[number] = Some(cluster);
                known((name, Ok(facts)))
            }
            Err(failure) if name.is_some() => known((name, Err(failure))),
            Err(failure) => return Err(failure),
        };
        Ok(())
    }
}
