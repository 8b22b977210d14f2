//! What is looked at, and how it fares.

use std::collections::{BTreeMap, BTreeSet};

use shared::facts::{Facts, Kind, Reason};
use shared::failure::Result;
use shared::health::{self, Seen};
use shared::report::Skipped;
use shared::status::{Item, StatusReport};

use super::find::{find, require};
use super::target::{self, Target};
use super::{Format, Status};
use crate::components::{Discovered, Versions};

/// Kinds that are as they are meant to be as soon as they exist: a file's are told in full, a
/// cluster's are not asked for.
const PLAIN: &[Kind] = &[
    Kind::ConfigMap,
    Kind::CsiDriver,
    Kind::EndpointSlice,
    Kind::Event,
    Kind::IngressClass,
    Kind::ResourceQuota,
    Kind::Secret,
    Kind::ServiceAccount,
    Kind::StorageClass,
];

/// What the arguments ask for.
pub(super) struct Look<'a> {
    arguments: &'a Status,
    targets: Vec<Target>,
    /// The kinds that are asked for.
    asked: BTreeSet<Kind>,
    /// The kinds to read: those, and what tells which there are.
    pub(super) wanted: BTreeSet<Kind>,
}

impl<'a> Look<'a> {
    /// # Errors
    /// When the arguments name no objects as kubectl has them.
    pub(super) fn new(arguments: &'a Status) -> Result<Self> {
        let targets = target::parse(&arguments.targets)?;
        let asked = asked(&targets);
        let mut wanted = asked.clone();
        if wanted.contains(&Kind::Custom) {
            wanted.insert(Kind::CustomResourceDefinition);
        }
        Ok(Self {
            arguments,
            targets,
            asked,
            wanted,
        })
    }

    /// Whether nothing was named, so that all is looked at.
    pub(super) fn is_whole(&self) -> bool {
        self.targets.is_empty()
    }

    /// Whether all that is looked at is of one kind, which need not be told then.
    pub(super) fn is_of_one_kind(&self) -> bool {
        let mut kinds = self.targets.iter().map(|target| target.kind);
        let first = kinds.next();
        first.is_some_and(|first| first != Kind::Custom && kinds.all(|kind| kind == first))
    }

    /// Whether any of what is asked for could be looked at.
    pub(super) fn saw_anything(&self, all: &[Facts]) -> bool {
        let is_read = |facts: &Facts, kind: Kind| {
            facts
                .gap(kind)
                .is_none_or(|gap| gap.reason == Reason::NotInFile)
        };
        all.iter().any(|facts| {
            let is_seen = |kind: &Kind| match kind {
                // Which there are the definitions tell.
                Kind::Custom => is_read(facts, Kind::CustomResourceDefinition),
                kind => is_read(facts, *kind),
            };
            self.asked.iter().any(is_seen)
        })
    }

    /// Fails where something that was named is not there.
    pub(super) fn require(&self, all: &[Facts]) -> Result<()> {
        let namespace = self.arguments.scope.namespace.as_deref();
        require(all, &self.targets, namespace)
    }

    /// How all fares, cluster by cluster.
    pub(super) fn report(&self, all: &[Facts]) -> StatusReport {
        let mut items = Vec::new();
        let mut skipped = Vec::new();
        let mut versions = BTreeMap::new();
        for facts in all {
            let found = Discovered::new(facts);
            let told = Versions::new(facts);
            for seen in self.chosen(facts) {
                let component = found.of(&seen.object);
                let cluster = facts.cluster.clone();
                if let Some(component) = &component {
                    versions
                        .entry((cluster.clone(), component.clone()))
                        .or_insert_with(|| told.of(component).unwrap_or_default());
                }
                items.push(Item {
                    cluster,
                    component,
                    ..Item::new(seen, facts.now)
                });
            }
            skipped.extend(gaps(facts, &self.asked));
        }
        let mut report = StatusReport::new(items, skipped);
        report.versions = versions;
        report
    }

    /// What was asked for, in the order of the source.
    fn chosen<'f>(&self, facts: &'f Facts) -> Vec<Seen<'f>> {
        let arguments = self.arguments;
        let namespace = arguments.scope.namespace.as_deref();
        let mut seen = if self.is_whole() {
            let mut all = health::judge_all(facts);
            all.retain(|seen| namespace.is_none_or(|wanted| seen.object.namespace() == wanted));
            all
        } else {
            find(facts, &self.targets, namespace)
        };
        let selector = arguments.selector.as_ref();
        seen.retain(|seen| selector.is_none_or(|selector| selector.matches(&seen.meta.labels)));
        if self.is_whole() && matches!(arguments.output, Format::Table | Format::Wide) {
            seen.retain(|seen| !PLAIN.contains(&seen.kind));
        }
        seen
    }
}

/// Of a cluster only what is asked for is read.
fn asked(targets: &[Target]) -> BTreeSet<Kind> {
    if targets.is_empty() {
        let all = Kind::ALL.iter().copied();
        return all.filter(|kind| !PLAIN.contains(kind)).collect();
    }
    targets.iter().map(|target| target.kind).collect()
}

/// What could not be looked at. That there is nothing of a kind is no gap here.
fn gaps(facts: &Facts, asked: &BTreeSet<Kind>) -> Vec<Skipped> {
    let gap_of = |kind: &Kind| {
        let gap = facts.gap(*kind).filter(|gap| gap.reason.is_incomplete())?;
        Some(gap.clone().of(*kind))
    };
    let gaps = asked.iter().filter_map(gap_of);
    let mut skipped: Vec<_> = gaps
        .map(|gap| Skipped::new("status", facts.cluster.as_deref(), gap))
        .collect();
    skipped.sort_by(|a, b| (a.reason, &a.message).cmp(&(b.reason, &b.message)));
    skipped
}
