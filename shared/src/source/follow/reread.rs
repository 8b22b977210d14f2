//! Reads again what a watch cannot tell in full: lists whose changes were missed, and Secrets.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::join_all;

use super::super::customs;
use super::super::secret_rows::{SecretRows, query_of_one};
use super::feed::SecretName;
use super::followed::Followed;
use crate::facts::{Facts, Gap, Kind, Reason};
use crate::kube::{Resource, list};

impl Followed {
    /// Reads lists anew; what cannot be read now is tried again at the next turn.
    pub(super) async fn read_missed(&mut self, facts: &mut Facts) {
        let mut is_there = true;
        for (kind, place) in std::mem::take(&mut self.missed) {
            // A server that lets one wait until its time is up would let each of the others.
            is_there = is_there && self.read_place(kind, &place, facts).await;
            if !is_there {
                self.missed.push((kind, place));
            }
        }
    }

    async fn read_place(&self, kind: Kind, place: &Resource, facts: &mut Facts) -> bool {
        let part = match kind {
            Kind::Custom => customs::read_one(&self.reached.api, place).await.ok(),
            kind => self.reached.read_kind(kind).await.ok(),
        };
        let Some(part) = part else {
            return false;
        };
        if part.gap.as_ref().is_some_and(may_pass) {
            return false;
        }
        match (kind, part.gap) {
            (Kind::Custom, gap) => {
                facts.forget(kind, |meta| place.is_of(meta));
                gap.into_iter().for_each(|gap| facts.miss(kind, gap));
            }
            (kind, gap) => facts.clear(kind, gap),
        }
        part.items.into_iter().for_each(|fact| facts.put(fact));
        true
    }

    /// Kinds that could not be reached when they were read.
    pub(super) fn unreached(&self, facts: &Facts) -> BTreeSet<Kind> {
        let kinds = self.places.values().map(|(kind, _)| *kind);
        let is_unreached = |kind: &Kind| {
            let gap = facts.gap(*kind);
            gap.is_some_and(|gap| gap.reason == Reason::Unreachable)
        };
        kinds.filter(is_unreached).collect()
    }

    /// Reads those anew: a server that is busy with itself for a moment need not cost us the whole wait.
    pub(super) async fn read_unreached(&self, facts: &mut Facts) {
        for kind in self.unreached(facts) {
            match self.reached.read_kind(kind).await {
                Ok(part) if !part.gap.as_ref().is_some_and(may_pass) => {
                    facts.clear(kind, part.gap);
                    part.items.into_iter().for_each(|fact| facts.put(fact));
                }
                _ => return,
            }
        }
    }

    /// Lists the Secrets that changed one by one, without their values; what cannot be read now is tried again at the
    /// next turn.
    pub(super) async fn read_secrets(&mut self, changed: BTreeSet<SecretName>, facts: &mut Facts) {
        let (places, _) = self.reached.discovery.places(Kind::Secret);
        let Some(place) = places.first() else {
            return;
        };
        let rows = Arc::new(SecretRows);
        let api = &self.reached.api;
        let reads = changed.iter().map(|secret| {
            let rows = &rows;
            async move {
                let path = place.path_in(&secret.namespace);
                list(api, &path, &query_of_one(&secret.name), rows).await
            }
        });
        let all = join_all(reads).await;
        for (secret, listed) in changed.into_iter().zip(all) {
            listed.items.into_iter().for_each(|fact| facts.put(fact));
            match listed.refusal {
                None => {}
                Some(refusal) if refusal.is_lasting() => facts.miss(Kind::Secret, refusal.gap()),
                Some(refusal) => {
                    self.unread.insert(secret, refusal);
                }
            }
        }
    }
}

fn may_pass(gap: &Gap) -> bool {
    matches!(gap.reason, Reason::Timeout | Reason::Unreachable)
}
