//! All contexts that are followed side by side.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

use super::super::contexts::{known, of_each_context};
use super::Moment;
use super::feed::{News, Teller, Told};
use super::followed::Followed;
use crate::facts::{Facts, Kind};
use crate::failure::Result;
use crate::kube::Connection;

/// All contexts, each with what is known of it.
pub(super) struct Followers<'a> {
    flags: &'a Connection,
    wanted: &'a BTreeSet<Kind>,
    sender: &'a UnboundedSender<Told>,
    all: Vec<Follower>,
    /// What is known, in the same order.
    pub(super) facts: Vec<Facts>,
}

/// One context.
struct Follower {
    /// Nothing where it could not be read.
    cluster: Option<Followed>,
    /// Who tells of it.
    teller: Teller,
    /// When it is tried again where it could not be read.
    again: Instant,
}

impl<'a> Followers<'a> {
    pub(super) async fn open(
        flags: &'a Connection,
        wanted: &'a BTreeSet<Kind>,
        sender: &'a UnboundedSender<Told>,
    ) -> Result<Self> {
        let open = async |context: Option<&str>| Followed::open(flags, context, wanted).await;
        let mut followers = Self {
            flags,
            wanted,
            sender,
            all: Vec::new(),
            facts: Vec::new(),
        };
        for (number, (context, opened)) in
            of_each_context(flags, open).await?.into_iter().enumerate()
        {
            let teller = Teller {
                cluster: number,
                opened: 0,
            };
            let (cluster, facts) = match opened {
                Ok((cluster, facts)) => (Some(cluster.telling(teller, sender)), Ok(facts)),
                Err(failure) => (None, Err(failure)),
            };
            followers.all.push(Follower {
                cluster,
                teller,
                again: Instant::now(),
            });
            followers.facts.push(known((context, facts)));
        }
        Ok(followers)
    }

    pub(super) fn moment(&self, deadline: Option<Instant>) -> Moment {
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Moment::Last;
        }
        let mut clusters = self.all.iter().filter_map(|one| one.cluster.as_ref());
        let away = clusters.find_map(Followed::away);
        away.map_or(Moment::Early, Moment::Away)
    }

    pub(super) fn note_away(&mut self) {
        for (one, facts) in self.all.iter().zip(&mut self.facts) {
            if let Some(cluster) = &one.cluster {
                cluster.note_away(facts);
            }
        }
    }

    /// Begins all watches.
    pub(super) fn begin(&mut self) {
        let clusters = self.all.iter_mut().filter_map(|one| one.cluster.as_mut());
        clusters.for_each(Followed::begin);
    }

    pub(super) async fn take_in(&mut self, told: Vec<Told>) -> Result<()> {
        let mut by_cluster: Vec<Vec<News>> = self.facts.iter().map(|_| Vec::new()).collect();
        for Told { teller, news } in told {
            if self.hears(teller) {
                by_cluster[teller.cluster].push(news);
            }
        }
        for (number, news) in by_cluster.into_iter().enumerate() {
            let facts = &mut self.facts[number];
            facts.now = Timestamp::now();
            let one = &mut self.all[number];
            let is_over = match &mut one.cluster {
                Some(cluster) => cluster.take_in(news, facts, self.wanted).await.is_break(),
                None => one.again <= Instant::now(),
            };
            if is_over {
                self.open_anew(number).await?;
            }
        }
        Ok(())
    }

    /// Whether a watch is one of a cluster as it was opened last.
    fn hears(&self, teller: Teller) -> bool {
        self.all[teller.cluster].teller == teller
    }

    /// Begins again with a cluster that does not know us any more: a token has run out, and there
    /// may be another. One that cannot be read is tried again, but does not keep the others waiting for long.
    async fn open_anew(&mut self, number: usize) -> Result<()> {
        let one = &mut self.all[number];
        one.cluster = None;
        one.teller.opened += 1;
        let context = self.flags.contexts.get(number).map(String::as_str);
        let begun = Instant::now();
        let opened = Followed::open(self.flags, context, self.wanted).await;
        let name = self.facts[number].cluster.clone();
        self.facts[number] = match opened {
            Ok((cluster, facts)) => {
                let mut cluster = cluster.telling(one.teller, self.sender);
                cluster.begin();
                one.cluster = Some(cluster);
                known((name, Ok(facts)))
            }
            Err(failure) if name.is_some() => {
                one.again = Instant::now() + 10 * begun.elapsed();
                known((name, Err(failure)))
            }
            Err(failure) => return Err(failure),
        };
        Ok(())
    }
}
