//! One cluster that is followed: takes in what its watches tell, and reads only what that takes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;

use super::super::cluster::{Reached, reach};
use super::super::secrets;
use super::feed::{Feed, News, SecretName, Teller, Told};
use super::places::{is_settled, places};
use crate::facts::{Facts, Gap, Kind, Reason};
use crate::failure::Result;
use crate::kube::{Connection, Refusal, Resource, Version};

/// How often discovery is asked, a second each, for a definition that it does not know yet.
pub(super) const ATTEMPTS: u8 = 30;

/// A cluster and its watches, which end with it.
pub(super) struct Followed {
    pub(super) reached: Reached,
    /// What is watched, by path.
    pub(super) places: BTreeMap<String, (Kind, Resource)>,
    /// Where the watches begin that are not under way, as far as that is known.
    pub(super) waiting: Vec<(Kind, Resource, Option<Version>)>,
    telling: Option<(Teller, UnboundedSender<Told>)>,
    watches: JoinSet<()>,
    /// Paths at which nothing is heard at present, and why.
    pub(super) away: BTreeMap<String, String>,
    /// Lists to be read anew.
    pub(super) missed: Vec<(Kind, Resource)>,
    /// Secrets that changed and could not be read since, and why.
    pub(super) unread: BTreeMap<SecretName, Refusal>,
    /// How often discovery is still to be asked for what was defined.
    pub(super) attempts: u8,
}

impl Followed {
    /// Reads a cluster, ready to be watched from then on.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn open(
        flags: &Connection,
        context: Option<&str>,
        wanted: &BTreeSet<Kind>,
    ) -> Result<(Self, Facts)> {
        let mut followed = Self {
            reached: reach(flags, context).await?,
            places: BTreeMap::new(),
            waiting: Vec::new(),
            telling: None,
            watches: JoinSet::new(),
            away: BTreeMap::new(),
            missed: Vec::new(),
            unread: BTreeMap::new(),
            attempts: 0,
        };
        let places = places(&followed.reached.discovery, wanted);
        followed.add(places).await;
        let facts = followed.reached.read(wanted).await?;
        let discovery = &followed.reached.discovery;
        if !discovery.is_whole() || !is_settled(discovery, &facts) {
            followed.attempts = ATTEMPTS;
        }
        Ok((followed, facts))
    }

    /// Lets its watches tell somebody.
    pub(super) fn telling(mut self, teller: Teller, listener: &UnboundedSender<Told>) -> Self {
        self.telling = Some((teller, listener.clone()));
        self
    }

    /// Begins the watches that wait.
    pub(super) fn begin(&mut self) {
        let Some((teller, listener)) = &self.telling else {
            return;
        };
        for (kind, place, since) in self.waiting.drain(..) {
            let feed = Feed {
                api: self.reached.api.clone(),
                kind,
                place,
                teller: *teller,
                listener: listener.clone(),
            };
            self.watches.spawn(feed.run(since));
        }
    }

    /// Why nothing new is heard, where that is so.
    pub(super) fn away(&self) -> Option<String> {
        let server = self.reached.api.server();
        let Some((path, why)) = self.away.first_key_value() else {
            let (secret, why) = self.unread.first_key_value()?;
            let SecretName { namespace, name } = secret;
            let why = why.message();
            return Some(format!(
                "cannot read Secret {namespace}/{name}: {server}: {why}"
            ));
        };
        Some(if self.away.len() < self.watches.len() {
            format!("no changes are told: {server}{path}: {why}")
        } else {
            format!("cannot reach the cluster: {server}: {why}")
        })
    }

    /// Notes in the facts of what nothing new is heard.
    pub(super) fn note_away(&self, facts: &mut Facts) {
        for (path, why) in &self.away {
            if let Some((kind, _)) = self.places.get(path) {
                facts.miss(*kind, Gap::new(Reason::Unreachable, why.clone()));
            }
        }
        for refusal in self.unread.values() {
            facts.miss(Kind::Secret, refusal.gap());
        }
    }

    /// Takes in what was told. Breaks off where the cluster does not know us any more.
    pub(super) async fn take_in(
        &mut self,
        news: Vec<News>,
        facts: &mut Facts,
        wanted: &BTreeSet<Kind>,
    ) -> ControlFlow<()> {
        let is_idle = news.is_empty()
            && self.missed.is_empty()
            && self.unread.is_empty()
            && self.unreached(facts).is_empty()
            && self.attempts == 0;
        if is_idle {
            return ControlFlow::Continue(());
        }
        let mut changed: BTreeSet<_> = std::mem::take(&mut self.unread).into_keys().collect();
        for news in news {
            self.note(news, facts, &mut changed)?;
        }
        self.read_missed(facts).await;
        self.read_unreached(facts).await;
        self.read_secrets(changed, facts).await;
        if self.attempts > 0 {
            self.attempts -= 1;
            self.look_for_places(facts, wanted).await?;
        }
        if wanted.contains(&Kind::Secret) && facts.gap(Kind::Secret).is_none() {
            let Reached { api, discovery, .. } = &self.reached;
            if secrets::look_into(api, discovery, facts.lists_mut())
                .await
                .is_err()
            {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }
}
