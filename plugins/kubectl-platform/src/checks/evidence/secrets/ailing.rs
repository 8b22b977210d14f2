//! Stores of secrets that give nothing: as they say, or as those say that ask them.
//!
//! A check that uses this needs both kinds of stores, and hints at `ExternalSecret` and `Event`.

use std::ops::Deref;

use shared::facts::View;
use shared::facts::kinds::secret_sync::{ClusterSecretStore, SecretStore, StoreFields};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::external;
use crate::checks::evidence::events;
use crate::checks::evidence::services::host;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::{self, answer};

/// What is said of a store.
pub(in crate::checks) struct Said {
    /// Its own words, or the provider's.
    pub(in crate::checks) words: String,
    /// Those to whom its provider refuses all while it is valid.
    pub(in crate::checks) refused: Vec<ObjectRef>,
}

/// What a store says, or what its ExternalSecrets say while it is valid.
pub(in crate::checks) fn said<F: Assess>(view: &View<'_>, store: &F) -> Said {
    let health = store.health(view.now());
    let object = store.reference();
    let refusal = external::refusal(view, &object);
    if let Some(refusal) = refusal.filter(|_| health.status == Status::Current) {
        return Said {
            words: refusal.words,
            refused: refusal.to,
        };
    }
    let text = words::told(&health);
    let event = events::beyond(view, &object, &text);
    let event = event.map(|said| format!(": {said}")).unwrap_or_default();
    Said {
        words: text + &event,
        refused: Vec::new(),
    }
}

/// The stores to which one provider says the same.
pub(in crate::checks) fn siblings(view: &View<'_>) -> Siblings {
    let mut siblings = Siblings::default();
    each::<SecretStore>(view, &mut siblings);
    each::<ClusterSecretStore>(view, &mut siblings);
    siblings
}

fn each<F: Assess + Deref<Target = StoreFields>>(view: &View<'_>, siblings: &mut Siblings) {
    for store in view.all::<F>() {
        let said = said(view, store);
        let text = &said.words;
        let ails = !said.refused.is_empty() || store.health(view.now()).status == Status::Failed;
        let host = host::asked(text).next();
        let is_providers = answer::is_down(text) || answer::is_refusal(text);
        if let Some(host) = host.filter(|_| ails && is_providers) {
            siblings.add(store.reference(), host, text);
        }
    }
}
