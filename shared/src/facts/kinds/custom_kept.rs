//! Which texts of a status are kept: those that rules read. Some operators tell credentials there, for people to
//! copy, under whatever name.

/// What stands for a text that no rule reads: that there is one may matter.
pub(super) const HIDDEN: &str = "*";

/// Names of fields that tell how something fares, or why, end in one of these.
const TELLING: &[&str] = &[
    "applied",
    "compliant",
    "error",
    "health",
    "message",
    "phase",
    "ready",
    "reason",
    "result",
    "robustness",
    "state",
    "status",
];

/// Other paths that rules read: errors, flags and counts, which a few operators write as text, and
/// names of other objects.
const READ: &[&str] = &[
    "available",
    "availableNodes",
    "availableReplicas",
    "backupName",
    "backupTargetName",
    "cluster.name",
    "connected",
    "desired",
    "desiredNumberScheduled",
    "desiredReplicas",
    "errMsg",
    "errorDescription",
    "expectedNodes",
    "healthy",
    "instances",
    "isAvailable",
    "isConnected",
    "isHealthy",
    "isValid",
    "lastEvaluatedGeneration",
    "latestMoverStatus.logs",
    "nextScheduleTime",
    "nextSyncTime",
    "numberAvailable",
    "numberReady",
    "observedGeneration",
    "readyInstances",
    "readyNodes",
    "readyReplicas",
    "readyToUse",
    "replicas",
    "storageLocation",
    "success",
    "updatedReadyReplicas",
    "updatedReplicas",
    "valid",
    "volumeName",
];

/// Whether rules read a field of that path.
pub(super) fn is_read(path: &str) -> bool {
    let key = path.rsplit('.').next().unwrap_or(path);
    let ends = |end: &&str| {
        let start = key.len().checked_sub(end.len());
        let tail = start.and_then(|start| key.get(start..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    READ.binary_search(&path).is_ok() || TELLING.iter().any(ends)
}

/// Whether a text is but a yes or no.
pub(super) fn is_flag(text: &str) -> bool {
    ["true", "false"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_order() {
        assert!(READ.is_sorted());
    }

    #[test]
    fn what_no_rule_reads_is_not_kept() {
        for path in ["phase", "lastErrorMessage", "ceph.health", "isReady"] {
            assert!(is_read(path), "{path}");
        }
        for path in ["adminPw", "dsn", "encryptionKey", "seed", "ü", "secret"] {
            assert!(!is_read(path), "{path}");
        }
    }
}
