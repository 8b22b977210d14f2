//! What ExternalSecrets say of their stores: a store may be valid, and what asks it is refused.
//!
//! A check that uses this hints at `ExternalSecret` and `Event`.

use shared::facts::kinds::secret_sync::ExternalSecret;
use shared::facts::{Fact, View};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::stores;
use crate::checks::evidence::events;
use crate::checks::evidence::words::{self, answer};

/// One alone may ask for what it may not have.
const ENOUGH: usize = 2;

/// Parts of the operator's words for what it could not fetch; others tell of the Secret that it writes.
const NOT_FETCHED: [&str; 3] = ["secret data", "spec.data", "retrieving secret"];

/// What the provider of a store says to those that it refuses.
pub(in crate::checks) struct Refusal {
    /// The provider's words.
    pub(in crate::checks) words: String,
    /// Who was refused, two or more.
    pub(in crate::checks) to: Vec<ObjectRef>,
}

/// The status says that it failed, the event says why.
pub(in crate::checks) fn complaint(view: &View<'_>, external: &ExternalSecret) -> String {
    let health = external.health(view.now());
    let text = words::told(&health);
    match events::beyond(view, &external.reference(), &text) {
        Some(said) => format!("{text}: {said}"),
        None => text,
    }
}

/// Why a store gives nothing to anybody that asks it, where several say so and none was served since.
pub(in crate::checks) fn refusal(view: &View<'_>, store: &ObjectRef) -> Option<Refusal> {
    let all = view.all::<ExternalSecret>().iter();
    let (failing, served): (Vec<_>, Vec<_>) = all
        .filter(|one| is_only(store, &stores::named_by(one)))
        .filter(|one| !matches!(one.health(view.now()).status, Status::InProgress))
        .partition(|one| one.health(view.now()).status == Status::Failed);
    let complaints: Vec<_> = failing.iter().map(|one| complaint(view, one)).collect();
    let is_refused = |words: &String| {
        NOT_FETCHED.iter().any(|part| words.contains(part))
            && (answer::is_refusal(words) || answer::is_down(words))
    };
    // Who is told that its key is not there was let in.
    if failing.len() < ENOUGH || !complaints.iter().all(is_refused) {
        return None;
    }
    let since = failing.iter().map(|one| one.health(view.now()).since).min();
    let had_any = |one: &&ExternalSecret| one.status.refresh_time.0.is_some();
    let is_before = |one: &ExternalSecret| {
        let fetched = one.status.refresh_time;
        fetched.0.is_some() && Some(fetched) < since
    };
    // What never got anything, beside others that did, asks for what it may not have.
    let is_of_all = served.is_empty() || failing.iter().any(had_any);
    (is_of_all && served.into_iter().all(is_before)).then(|| Refusal {
        words: said(complaints.first().map_or("", String::as_str)),
        to: failing.iter().map(|one| one.reference()).collect(),
    })
}

/// Who asks several stores may complain of another.
fn is_only(store: &ObjectRef, named: &[(ObjectRef, &str)]) -> bool {
    matches!(named, [(one, _)] if one == store)
}

/// The provider's part of a complaint, in one line.
fn said(complaint: &str) -> String {
    let (_, words) = complaint.rsplit_once("err: ").unwrap_or(("", complaint));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
