//! Copies that Reflector has not made, or not again: it fails for all copies of a source alike.
//!
//! A check that uses this needs `Secret`.

use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, View};

use super::reflector::{named_targets, newer_source};
use crate::checks::evidence::siblings::Siblings;

/// The copies that are older than their source, or not there: those of one source have that in common.
pub(in crate::checks) fn by_source(view: &View<'_>) -> Siblings {
    let mut siblings = Siblings::default();
    for meta in view.all::<Secret>().iter().map(Fact::meta) {
        if let Some(source) = newer_source(view, meta) {
            siblings.add(meta.reference(), &source.reference().to_string(), "");
        }
        for target in named_targets(meta) {
            let missing = Kind::Secret.object(target, &meta.name);
            if view.get::<Secret>(target, &meta.name).is_none() {
                siblings.add(missing, &meta.reference().to_string(), "");
            }
        }
    }
    siblings
}
