//! The words that controllers use for states, by what they mean.

use memchr::memmem;

/// Words of a failure.
pub(super) const FAILED: &str = "\
    aborted bad broken canceled cancelled conflict conflicted conflicting crash crashed \
    crashloop critical dead degraded denied disconnected down err error errored errors exceeded \
    expired fail failed failing fails failure failures fatal faulted faulty forbidden \
    incompatible inconsistent invalid lost malfunction misconfigured mismatch missing \
    noncompliant nonfunctional offline orphaned recoverable red refused rejected stalled stuck terminal timeout \
    unauthorized unhealthy unreachable unschedulable unsupported violated warn warning";

/// Words of something that waits for a person, or for its time.
pub(super) const SUSPENDED: &str = "\
    approval disabled halted hibernated inactive paused quiesced shelved stopped suspended";

/// Words of something that goes on, beside all that end in `ing`.
pub(super) const GOING: &str = "\
    allocated assigned incomplete init initial inprogress launched new notready \
    outofsync partial pending prepared progress progressing queued registered requested retry \
    rollout scheduled stale started submitted unbound uninitialized unready wait yellow";

/// Words of something that is as it should be.
pub(super) const CURRENT: &str = "\
    accepted active admitted advertised alive applied approved attached available bound complete \
    completed compliant configured connected created current deployed done enabled established exists \
    finished fulfilled functional good green healthy initialized installed insync latest loaded \
    mounted normal ok okay online open operational passed processed programmed promoted \
    provisioned published ready reconciled resolved running satisfied serving stable succeeded \
    success successful successfully synced synchronized up updated upgraded uptodate valid \
    validated verified working";

/// Words that tell nothing.
pub(super) const UNKNOWN: &str = "\
    inconclusive undefined unknown";

/// Words that end in `ing` and tell no progress.
pub(super) const NO_PROGRESS: &str = "\
    conflicting failing missing nothing running serving string warning working";

/// What an object is that changes although it is available. Of other things that go on (`AutoScaling`, `Monitoring`)
/// nobody knows whether they end.
pub(super) const CHANGING: &str = "\
    progressing reconciling restarting rolling updating upgrading";

/// Last words of condition types that are `True` when all is well.
pub(super) const GOOD: &str = "\
    accepted admitted advertised applied available complete completed compliant configured \
    connected created deployed discoverable done established exposed functional generated \
    healthy initialized installed launched programmed provided provisioned ready reconciled \
    registered resolved scheduled succeeded success successful synced synchronized updated valid \
    validated verified";

/// Whether a list has a word.
pub(super) fn has(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    memmem::find_iter(bytes, word.as_bytes()).any(|start| {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(start + word.len());
        [before, after]
            .into_iter()
            .flatten()
            .all(|byte| *byte == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_whole_words() {
        for word in ["first", "second", "last"] {
            assert!(has("first second last", word), "{word}");
        }
        for part in ["fir", "rst", "sec", "econ", "ast", "first second last more"] {
            assert!(!has("first second last", part), "{part}");
        }
        assert!(has("warning warn", "warn"));
    }
}
