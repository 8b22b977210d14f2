//! Which revision a Kustomization has applied, as its status says.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::meta::condition;

/// The revision that was applied last, and why it is not the last word; nothing where it is.
pub(super) fn revision(kustomization: &Kustomization) -> (String, Option<String>) {
    let status = &kustomization.status;
    let revision = match status.last_applied_origin_revision.as_str() {
        "" => &status.last_applied_revision,
        origin => origin,
    };
    let ready = condition(&status.conditions, "Ready");
    // A suspended one does not look at its spec; what it applied last is what it goes on from.
    let is_current = kustomization.spec.suspend
        || status.observed_generation == kustomization.metadata.generation;
    let why = match ready {
        None => Some("it has not reconciled yet".to_owned()),
        Some(ready) if !ready.is_true() => Some(format!("it is not ready: {}", ready.message)),
        Some(_) if !is_current => Some("it has not looked at its newest spec yet".to_owned()),
        Some(_) if revision.is_empty() => Some("it has applied nothing yet".to_owned()),
        Some(_) => None,
    };
    (revision.to_owned(), why)
}

/// The commit of `main@sha1:HASH` and of the older `main/HASH`.
pub(super) fn commit(revision: &str) -> Option<&str> {
    let hash = match revision.rsplit_once("sha1:") {
        Some((_, hash)) => hash,
        None => revision.rsplit('/').next()?,
    };
    let is_hash =
        matches!(hash.len(), 40 | 64) && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_commit_can_be_looked_into() {
        let hash = "6e5ab5445327683c1f0f5a1b2c3d4e5f60718293";
        assert_eq!(commit(&format!("main@sha1:{hash}")), Some(hash));
        assert_eq!(commit(&format!("main/{hash}")), Some(hash));
        assert_eq!(commit("v1.2.3@sha256:0123"), None);
        assert_eq!(commit(""), None);
    }
}
