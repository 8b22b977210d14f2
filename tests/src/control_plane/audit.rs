//! Who asked the API server for what, as it says itself.

use std::path::Path;

use serde::Deserialize;

pub(super) const POLICY: &str = "audit-policy.yaml";
pub(super) const LOG: &str = "audit.log";

/// A request that the API server has answered, or has begun to answer where it is a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// RBAC's word: `get`, `list`, `watch`, `patch`, ...
    pub verb: String,
    /// Path and query.
    pub uri: String,
    /// The HTTP status of the answer.
    pub status: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    verb: String,
    #[serde(rename = "requestURI")]
    request_uri: String,
    user: Name,
    #[serde(default)]
    response_status: Status,
    stage: String,
}

#[derive(Deserialize)]
struct Name {
    username: String,
}

#[derive(Default, Deserialize)]
struct Status {
    #[serde(default)]
    code: u16,
}

/// Writes the policy: users' requests are written down, not the many of the server itself.
pub(super) fn write_policy(folder: &Path) {
    let policy = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  users: [admin, 'system:apiserver', 'system:anonymous']
- level: Metadata
";
    std::fs::write(folder.join(POLICY), policy).unwrap();
}

/// The requests of `user` so far, in the order of their answers. A watch is in it once, from its start on.
pub(super) fn requests_of(user: &str, folder: &Path) -> Vec<Request> {
    let log = std::fs::read_to_string(folder.join(LOG)).unwrap_or_default();
    log.lines()
        // The last line may be half written.
        .filter_map(|line| serde_json::from_str::<Event>(line).ok())
        .filter(|event| event.user.username == user)
        .filter(|event| (event.verb == "watch") == (event.stage == "ResponseStarted"))
        .map(|event| Request {
            verb: event.verb,
            uri: event.request_uri,
            status: event.response_status.code,
        })
        .collect()
}
