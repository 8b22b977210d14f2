//! Why the API server refuses to make a pod: its words, and whom they name.

use shared::facts::kinds::service_hosts::ServiceHosts;

/// Whom a refusal names.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::checks) enum Culprit<'m> {
    /// A ResourceQuota that is used up.
    Quota(&'m str),
    /// A ServiceAccount that does not exist.
    Account(&'m str),
    /// Webhooks that do not answer: their Services as (namespace, name).
    Webhook(Vec<(String, String)>),
    /// The namespace, which is being deleted.
    Namespace,
    /// Nobody else: the pod itself is not as it may be.
    Pod,
}

/// Whom the API server's words name.
pub(in crate::checks) fn culprit(words: &str) -> Culprit<'_> {
    if let Some(rest) = after(words, "exceeded quota: ") {
        return Culprit::Quota(rest.split(',').next().unwrap_or_default());
    }
    if words.contains("not found")
        && let Some(rest) = after(words, "serviceaccount \"")
    {
        return Culprit::Account(rest.split('"').next().unwrap_or_default());
    }
    if words.contains("failed calling webhook") {
        let hosts = ServiceHosts::in_text(words);
        let services = hosts
            .services()
            .map(|(namespace, name)| (namespace.to_owned(), name.to_owned()));
        return Culprit::Webhook(services.collect());
    }
    if words.contains("because it is being terminated") {
        return Culprit::Namespace;
    }
    Culprit::Pod
}

/// The PodSecurity level of the namespace that forbids a pod: `restricted:latest`.
pub(in crate::checks) fn security_level(words: &str) -> Option<&str> {
    after(words, "violates PodSecurity \"")?.split('"').next()
}

/// What the API server said, without what the controller put before it.
pub(in crate::checks) fn words(message: &str) -> &str {
    let message = message.trim();
    after(message, "failed error: ")
        .or_else(|| after(message, "Error creating: "))
        .unwrap_or(message)
}

fn after<'m>(text: &'m str, mark: &str) -> Option<&'m str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_name_whom_to_ask() {
        for (message, named) in [
            (
                "Error creating: pods \"site-5f6-\" is forbidden: exceeded quota: web, requested: pods=1, used: pods=10, limited: pods=10",
                Culprit::Quota("web"),
            ),
            (
                "create Pod redis-0 in StatefulSet redis failed error: pods \"redis-0\" is forbidden: error looking up service account cache/redis: serviceaccount \"redis\" not found",
                Culprit::Account("redis"),
            ),
            (
                "Internal error occurred: failed calling webhook \"mpod.kb.io\": failed to call webhook: Post \"https://webhook.system.svc:443/mutate?timeout=10s\": no endpoints available for service \"webhook\"",
                Culprit::Webhook(vec![("system".to_owned(), "webhook".to_owned())]),
            ),
            (
                "pods \"x-\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false",
                Culprit::Pod,
            ),
            (
                "pods \"x-\" is forbidden: unable to create new content in namespace web because it is being terminated",
                Culprit::Namespace,
            ),
        ] {
            assert_eq!(culprit(words(message)), named, "{message}");
        }
        assert!(
            words("create Pod redis-0 in StatefulSet redis failed error: pods").starts_with("pods")
        );
    }
}
