//! What it means that a condition is `True`, by the words of its type.

use super::lexicon::{FAILED, GOOD, SUSPENDED, has};
use super::words::{goes_on, split};

/// What it means that a condition is `True`, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// All is well.
    Good,
    /// Something is wrong.
    Bad,
    /// Something goes on.
    Going,
    /// It rests.
    Resting,
}

/// The sense of a condition's type: its last word decides, unless another tells of a failure.
pub(super) fn sense(kind: &str) -> Option<Sense> {
    let kind = kind.rsplit('/').next().unwrap_or(kind);
    let words = split(kind);
    let last = words.last()?.as_str();
    // Advice, such as Strimzi's on fields that will go.
    if words == ["warning"] {
        return None;
    }
    let good = has(GOOD, last) || kind == "ResolvedRefs";
    if words.iter().any(|word| word == "not" || word == "non") {
        return good.then_some(Sense::Bad);
    }
    if words.iter().any(|word| word == "no") {
        // `NoMatchingInstance` is wrong, `NoWarnings` is right.
        return words
            .iter()
            .any(|word| word == "matching")
            .then_some(Sense::Bad);
    }
    if words.iter().any(|word| has(FAILED, word)) {
        Some(Sense::Bad)
    } else if has(SUSPENDED, last) {
        Some(Sense::Resting)
    } else if goes_on(last) || !good && words.iter().any(|word| word == "rolling") {
        Some(Sense::Going)
    } else {
        good.then_some(Sense::Good)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_conditions_have_a_sense() {
        for (kind, expected) in [
            ("Ready", Some(Sense::Good)),
            ("NotReady", Some(Sense::Bad)),
            ("platform.example.io/resources-ready", Some(Sense::Good)),
            ("ReplicaFailure", Some(Sense::Bad)),
            ("ErrorOccurred", Some(Sense::Bad)),
            ("Progressing", Some(Sense::Going)),
            ("RollingUpdate", Some(Sense::Going)),
            ("RollingUpdateCompleted", Some(Sense::Good)),
            ("Paused", Some(Sense::Resting)),
            ("DNSManaged", None),
        ] {
            assert_eq!(sense(kind), expected, "{kind:?}");
        }
    }
}
