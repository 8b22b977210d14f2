//! What each of the news changes.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::feed::{News, SecretName};
use super::followed::{ATTEMPTS, Followed};
use crate::facts::{AnyFact, Facts, Gap, Kind, Reason};
use crate::kube::Refusal;

impl Followed {
    /// Notes one. Breaks off where the cluster does not know us any more.
    pub(super) fn note(
        &mut self,
        news: News,
        facts: &mut Facts,
        changed: &mut BTreeSet<SecretName>,
    ) -> ControlFlow<()> {
        if let News::Put(AnyFact::CustomResourceDefinition(_))
        | News::Gone(AnyFact::CustomResourceDefinition(_))
        | News::Refused(_, Refusal::NotFound(_)) = news
        {
            self.attempts = ATTEMPTS;
        }
        match news {
            News::Put(fact) => facts.put(fact),
            News::Gone(fact) => facts.remove(&fact),
            News::Secret(name) => {
                changed.insert(name);
            }
            News::SecretGone(name) => {
                changed.remove(&name);
                facts.forget(Kind::Secret, |meta| {
                    (&meta.namespace, &meta.name) == (&name.namespace, &name.name)
                });
            }
            News::Odd(kind, why) => facts.miss(kind, Gap::new(Reason::Unreadable, why)),
            News::Missed(kind, place) => {
                let path = place.path();
                self.missed.retain(|(_, missed)| missed.path() != path);
                self.missed.push((kind, place));
            }
            News::Away(path, why) => {
                // What could not be read at all is not waited for: the gap says so.
                let kind = self.places.get(&path).map(|(kind, _)| *kind);
                if kind.is_none_or(|kind| facts.gap(kind).is_none()) {
                    self.away.insert(path, why);
                }
            }
            News::Back(path) => {
                self.away.remove(&path);
            }
            News::Refused(_, Refusal::Unauthorized(_)) => return ControlFlow::Break(()),
            News::Refused(_, Refusal::NotFound(_)) => {}
            News::Refused(kind, refusal) => {
                let gap = refusal.gap();
                let why = format!("changes are not told: {}", gap.message);
                facts.miss(kind, Gap::new(gap.reason, why));
            }
        }
        ControlFlow::Continue(())
    }
}
