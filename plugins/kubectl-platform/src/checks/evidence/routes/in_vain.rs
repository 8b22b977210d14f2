//! Routes that ask for what is not there by its name. One alone has the wrong name; where several ask for the same
//! and none for what is there, it is the other side that has lost it.

use std::collections::BTreeSet;

use shared::facts::meta::Meta;
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::traefik::{self, Traefik};
use crate::checks::evidence::services::users;

/// A route that asks in vain.
pub(in crate::checks) struct Asking<'a> {
    /// The route.
    pub(in crate::checks) from: ObjectRef,
    /// Its metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// Whom it asks.
    pub(in crate::checks) of: ObjectRef,
    /// What for: `entry point websecure`.
    pub(in crate::checks) wanted: String,
    /// What there is, in words.
    pub(in crate::checks) has: String,
    /// How bad that is.
    pub(in crate::checks) level: Level,
    /// All of it, in words.
    pub(in crate::checks) told: String,
}

/// All that ask in vain.
#[derive(Default)]
pub(in crate::checks) struct InVain<'a> {
    /// Who does.
    pub(in crate::checks) asking: Vec<Asking<'a>>,
    /// Whom some route asks for what they have.
    pub(in crate::checks) served: Vec<ObjectRef>,
}

/// The routes that ask Traefik by names for things of a kind, none of which it knows, or not all: how they ask, and
/// for what.
pub(in crate::checks) fn at_traefik<'a>(
    traefiks: &[Traefik<'_>],
    known: &BTreeSet<String>,
    asked: Vec<(ObjectRef, &'a Meta, BTreeSet<&str>)>,
    (asks, thing): (&str, &str),
) -> InVain<'a> {
    let mut all = InVain::default();
    let has = match known.iter().map(String::as_str).collect::<Vec<_>>() {
        none if none.is_empty() => "none".to_owned(),
        some => some.join(", "),
    };
    let Some(of) = traefiks.first().map(|one| one.object.clone()) else {
        return all;
    };
    for (from, meta, names) in asked {
        let unknown = names.iter().copied();
        let unknown = unknown.filter(|name| !known.contains(&name.to_ascii_lowercase()));
        let unknown: Vec<_> = unknown.collect();
        // Of several it cannot be told which was to have it.
        if unknown.len() < names.len() || traefiks.len() > 1 {
            all.served.push(of.clone());
        }
        if unknown.is_empty() {
            continue;
        }
        let wanted = format!("{thing} {}", unknown.join(", "));
        let named = traefik::named(traefiks);
        all.asking.push(Asking {
            told: format!(
                "{asks} the {wanted}, which Traefik ({named}) does not have: it has {has}"
            ),
            // It is still served on those that exist.
            level: Level::error_if(unknown.len() == names.len()),
            has: has.clone(),
            of: of.clone(),
            wanted,
            from,
            meta,
        });
    }
    all
}

impl InVain<'_> {
    /// Says all of it, with those that have installed what is asked.
    pub(in crate::checks) fn tell(&self, found: &mut Findings, installers: &[ObjectRef]) {
        for one in &self.asking {
            let alike = self.asking.iter();
            let alike = alike.filter(|other| other.of == one.of && other.wanted == one.wanted);
            let alike: Vec<_> = alike.map(|other| other.from.clone()).collect();
            let is_lost = alike.len() > 1 && !self.served.contains(&one.of);
            if is_lost && alike.first() == Some(&one.from) {
                let (wanted, asking) = (&one.wanted, users::listed(&alike));
                let has = &one.has;
                let told = format!("has no {wanted}, for which {asking} ask: it has {has}");
                let finding = found.missing(one.level, one.of.clone(), told);
                finding.suspect(installers.to_vec());
            }
            let (from, told) = (one.from.clone(), one.told.clone());
            let finding = found.about_read(one.level, from, one.meta, told);
            finding.suspect(installers.to_vec());
            if is_lost {
                finding.blame(one.of.clone());
            } else {
                finding.suspect(alike.into_iter().filter(|other| *other != one.from));
            }
        }
    }
}
