//! Every object with its health, whatever its kind.

use super::conditions::NO_STATUS;
use super::{Assess, Health, Status};
use crate::facts::kinds::api::CustomResourceDefinition;
use crate::facts::meta::Meta;
use crate::facts::{Fact, Facts, Kind, for_kind};
use crate::object::ObjectRef;

/// An object and how it fares.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Its kind in the table.
    pub kind: Kind,
    /// The name by which findings point at it.
    pub object: ObjectRef,
    /// Its metadata.
    pub meta: &'a Meta,
    /// How it fares at the time of the facts.
    pub health: Health,
}

/// Judges every object that was read, in the order in which the source has them.
pub fn judge_all(facts: &Facts) -> Vec<Seen<'_>> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        all.extend(judge(facts, *kind));
    }
    all.sort_by_key(|seen| seen.meta.position);
    all
}

/// Judges the objects of a kind, by namespace and name.
pub fn judge(facts: &Facts, kind: Kind) -> Vec<Seen<'_>> {
    let mut all: Vec<_> = for_kind!(kind, F => facts.all::<F>().iter().map(|fact| Seen {
        kind,
        object: fact.reference(),
        meta: fact.meta(),
        health: fact.health(facts.now),
    }).collect());
    if kind == Kind::Custom {
        all.iter_mut().for_each(|seen| know_better(facts, seen));
    }
    if !facts.is_live {
        all.iter_mut()
            .for_each(|seen| know_nothing(&mut seen.health));
    }
    all
}

/// Manifests have no status: only what they say of themselves is known.
fn know_nothing(health: &mut Health) {
    if health.status != Status::Suspended {
        let why = "a manifest tells no state";
        *health = Health::new(Status::Unknown, "NotLive", why);
    }
}

/// Where there is no status, the definition of the kind tells whether there will ever be one.
fn know_better(facts: &Facts, seen: &mut Seen<'_>) {
    if seen.health.reason != NO_STATUS {
        return;
    }
    let definitions = facts.all::<CustomResourceDefinition>().iter();
    let mut definitions = definitions.filter(|definition| {
        let spec = &definition.spec;
        spec.group == seen.object.group() && spec.names.kind == seen.object.kind
    });
    if definitions.any(CustomResourceDefinition::has_no_status) {
        seen.health = Health::current();
    }
}
