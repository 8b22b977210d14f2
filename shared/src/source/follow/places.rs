//! What is there to be watched: it changes with each definition that comes or goes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use futures::future::join_all;

use super::super::customs;
use super::feed::version;
use super::followed::Followed;
use crate::facts::kinds::api::CustomResourceDefinition;
use crate::facts::meta::condition;
use crate::facts::{Facts, Gap, Kind};
use crate::kube::{Discovery, Resource};

impl Followed {
    /// Asks what is served now, and follows that. Breaks off where all is to be read anew, for only a part was known
    /// to be served.
    pub(super) async fn look_for_places(
        &mut self,
        facts: &mut Facts,
        wanted: &BTreeSet<Kind>,
    ) -> ControlFlow<()> {
        // That it does not answer is told by the watches.
        let Ok(discovery) = Discovery::of(&self.reached.api).await else {
            return ControlFlow::Continue(());
        };
        if !discovery.is_whole() {
            return ControlFlow::Continue(());
        }
        if !self.reached.discovery.is_whole() {
            return ControlFlow::Break(());
        }
        self.reached.discovery = discovery;
        if is_settled(&self.reached.discovery, facts) {
            self.attempts = 0;
        }
        let now = places(&self.reached.discovery, wanted);
        self.forget_gone(facts);
        let new: Vec<_> = now
            .into_iter()
            .filter(|(_, place)| !self.places.contains_key(&place.path()))
            .collect();
        self.add(new.clone()).await;
        self.missed.extend(new);
        self.read_missed(facts).await;
        self.begin();
        ControlFlow::Continue(())
    }

    fn forget_gone(&mut self, facts: &mut Facts) {
        let all = std::mem::take(&mut self.places).into_iter();
        let discovery = &self.reached.discovery;
        let (gone, left): (BTreeMap<_, _>, _) =
            all.partition(|(_, (_, place))| discovery.is_gone(place));
        self.places = left;
        for (path, (kind, place)) in gone {
            self.away.remove(&path);
            facts.forget(kind, |meta| place.is_of(meta));
            if let (true, Some(gap)) = (facts.count(kind) == 0, self.gap_of(kind)) {
                facts.clear(kind, Some(gap));
            }
        }
    }

    /// Why there can be nothing of a kind.
    fn gap_of(&self, kind: Kind) -> Option<Gap> {
        match kind {
            Kind::Custom => None,
            kind => self.reached.discovery.places(kind).1,
        }
    }

    /// Prepares to watch lists. One that may not be read is a gap already, and not watched either; one of which the
    /// server does not tell the version at present is read anew once it does.
    pub(super) async fn add(&mut self, places: Vec<(Kind, Resource)>) {
        let api = &self.reached.api;
        let versions = places
            .iter()
            .map(|(kind, place)| version(api, *kind, place));
        let versions = join_all(versions).await;
        for ((kind, place), version) in places.into_iter().zip(versions) {
            match version {
                Ok(version) => self.waiting.push((kind, place.clone(), Some(version))),
                Err(refusal) if refusal.is_lasting() => {}
                Err(_) => self.waiting.push((kind, place.clone(), None)),
            }
            self.places.insert(place.path(), (kind, place));
        }
    }
}

/// The lists of the wanted kinds.
pub(super) fn places(discovery: &Discovery, wanted: &BTreeSet<Kind>) -> Vec<(Kind, Resource)> {
    let of_kind = |kind: &Kind| {
        let places = match kind {
            Kind::Custom => customs::places(discovery),
            kind => discovery.places(*kind).0,
        };
        let kind = *kind;
        places.into_iter().map(move |place| (kind, place))
    };
    wanted.iter().flat_map(of_kind).collect()
}

/// Whether all that is defined is served.
pub(super) fn is_settled(discovery: &Discovery, facts: &Facts) -> bool {
    let mut defined = facts
        .all::<CustomResourceDefinition>()
        .iter()
        .filter(|definition| {
            let established = condition(&definition.status.conditions, "Established");
            established.is_some_and(|established| established.is_true())
        });
    defined.all(|definition| {
        let spec = &definition.spec;
        discovery.serves(&spec.group, &spec.names.plural)
    })
}
