//! Objects that were to be gone by now, and that nobody lets go of.

use jiff::{SignedDuration, Timestamp};
use shared::facts::kinds::core::Namespace;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};

use super::words::span::lasting;

/// Controllers and drivers may have much to clean up before they let go.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// Whether an object waits for long to be let go of.
pub(in crate::checks) fn is_overdue(meta: &Meta, now: Timestamp) -> bool {
    let age = meta.deletion_timestamp.age(now);
    age.is_some_and(|age| age > PATIENCE) && !meta.finalizers.is_empty()
}

/// What was to be gone by now. What stands in a namespace that is being deleted is that one's matter.
///
/// A check that uses this hints at `Namespace`.
pub(in crate::checks) fn stuck<'a, F: Fact>(view: &View<'a>) -> impl Iterator<Item = &'a F> {
    view.all::<F>().iter().filter(|one| {
        let space = view.get::<Namespace>("", &one.meta().namespace);
        let goes_along = space.is_some_and(|space| space.metadata.deletion_timestamp.0.is_some());
        is_overdue(one.meta(), view.now()) && !goes_along
    })
}

/// That it is being deleted, in words, and since when.
pub(in crate::checks) fn told(meta: &Meta, now: Timestamp) -> String {
    format!("is being deleted{}", lasting(meta.deletion_timestamp, now))
}

/// That nobody takes its finalizers off, in words.
pub(in crate::checks) fn held(meta: &Meta) -> String {
    format!(
        "nobody removes its finalizer {}",
        meta.finalizers.join(", ")
    )
}
