//! Webhooks that judge what is applied: which of them there are, and where the API server calls them.

use super::super::meta::Meta;
use super::super::wire::wire;
use super::alike::alike;

wire! {
    /// A configuration of webhooks.
    pub struct WebhookFields { pub metadata: Meta, pub webhooks: Vec<Webhook>, }

    /// One of its webhooks.
    pub struct Webhook { pub name: String, pub client_config: WebhookClient, pub failure_policy: String, }

    /// How it is called; without a Service it is outside of the cluster.
    pub struct WebhookClient { pub service: Option<WebhookService>, }

    /// The Service that it is called by, and the path of its URL.
    pub struct WebhookService { pub namespace: String, pub name: String, pub path: String, }
}

alike!(
    /// A configuration of webhooks that may change what is applied.
    MutatingWebhookConfiguration: WebhookFields,
    /// A configuration of webhooks that may refuse what is applied.
    ValidatingWebhookConfiguration: WebhookFields
);
