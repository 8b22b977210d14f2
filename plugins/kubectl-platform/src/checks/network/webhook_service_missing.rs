//! network/webhook-service-missing: The Service of a webhook does not exist.
//!
//! A ValidatingWebhookConfiguration or MutatingWebhookConfiguration has the API server ask this Service
//! before it takes what the webhook is to judge, and there is nobody to ask: with `failurePolicy: Fail`
//! the next change is refused, although nothing fails yet. With `Ignore` it is let through without being
//! judged: a warning.
//!
//! Bring back what serves the webhook. What was removed for good may have left its configuration behind:
//! delete that.

use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::services::users;
use crate::checks::evidence::webhook;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::MutatingWebhookConfiguration),
    live(Kind::ValidatingWebhookConfiguration),
    live(Kind::Service).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (service, unserved) in webhook::unserved(view) {
        let by = users::listed(&unserved.by);
        let (level, then) = if unserved.refuses {
            (Level::Error, "refused")
        } else {
            (Level::Warning, "taken without being judged")
        };
        let told = format!("the Service does not exist, and what {by} has it judge is {then}");
        let remedy = command!("kubectl get services -n {}", service.namespace());
        found.missing(level, service, told).remedy(remedy);
    }
}
