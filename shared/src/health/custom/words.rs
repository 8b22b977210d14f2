//! What the words mean that controllers use for a state: `HEALTH_OK`, `ScalingUp`, `ConfigError`.

use super::lexicon::{CURRENT, FAILED, GOING, NO_PROGRESS, SUSPENDED, UNKNOWN, has};
use crate::health::Status;

/// Longer texts are sentences, not states, unless they are one word: `SnapshotForSmartCloneInProgress`.
const MOST_WORDS: usize = 4;

/// The words of a name, in lower case: `APIServerNotReady` is api, server, not, ready.
pub(super) fn split(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && (before.is_some_and(|c| c.is_lowercase())
                || (before.is_some_and(|c| c.is_uppercase())
                    && next.is_some_and(|c| c.is_lowercase())));
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a state's name says; nothing where it is a sentence or says nothing we know.
pub(super) fn meaning(text: &str) -> Option<Status> {
    let words = split(text);
    let is_sentence = words.len() > MOST_WORDS && text.contains(char::is_whitespace);
    let any = |list| words.iter().any(|word| has(list, word));
    // "Waiting for pods to be ready", but `ProvisioningFailed`
    if words
        .first()
        .is_some_and(|first| goes_on(first) || first == "wait")
    {
        let fails = !is_sentence && any(FAILED);
        return Some(if fails {
            Status::Failed
        } else {
            Status::InProgress
        });
    }
    if words.is_empty() || is_sentence {
        return None;
    }
    let good = any(CURRENT);
    let has_word = |wanted| words.iter().any(|word| word == wanted);
    // `NotFound`, `PolicyNotAllowed`, `MaxLimitReached`
    let is_refused = has_word("not")
        && ["found", "exists", "allowed"]
            .iter()
            .any(|word| has_word(word))
        || has_word("limit") && has_word("reached");
    if has_word("non") && good || any(FAILED) || has_word("unavailable") || is_refused {
        Some(Status::Failed)
    } else if any(SUSPENDED) {
        Some(Status::Suspended)
    } else if has_word("not") && good || words.iter().any(|word| goes_on(word)) || are_made(&words)
    {
        Some(Status::InProgress)
    } else if any(UNKNOWN) {
        Some(Status::Unknown)
    } else if good {
        Some(Status::Current)
    } else if any(GOING) {
        Some(Status::InProgress)
    } else {
        None
    }
}

/// Whether a state is that parts are made, which is not that the whole works: `ResourcesCreated`.
fn are_made(words: &[String]) -> bool {
    let [.., what, made] = words else {
        return false;
    };
    made == "created" && what.ends_with('s')
}

/// Whether a word tells of something that goes on: `updating`.
pub(super) fn goes_on(word: &str) -> bool {
    word.ends_with("ing") && !has(NO_PROGRESS, word)
}

/// Whether a sentence tells of a failure.
pub fn tells_failure(sentence: &str) -> bool {
    const PHRASES: &[&str] = &[
        "already exists",
        "already claimed",
        "can not",
        "cannot",
        "could not",
        "different version",
        "no such",
        "not allowed",
        "not controlled",
        "not exist",
        "not found",
        "out of memory",
        "unable to",
    ];
    let words = split(sentence);
    let joined = words.join(" ");
    words.iter().any(|word| has(FAILED, word))
        || PHRASES.iter().any(|phrase| joined.contains(phrase))
}

/// Whether a reason names an error: something went wrong in finding out.
pub(super) fn tells_error(reason: &str) -> bool {
    split(reason)
        .iter()
        .any(|word| matches!(word.as_str(), "error" | "failed" | "failure"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_words() {
        for (text, words) in [
            ("HEALTH_OK", "health ok"),
            ("APIServerNotReady", "api server not ready"),
            ("ACK.ResourceSynced", "ack resource synced"),
            ("rolling-update", "rolling update"),
            ("", ""),
        ] {
            assert_eq!(split(text).join(" "), words, "{text:?}");
        }
    }

    #[test]
    fn words_mean_states() {
        for (text, status) in [
            ("HEALTH_OK", Some(Status::Current)),
            ("HEALTH_WARN", Some(Status::Failed)),
            ("ScalingUp", Some(Status::InProgress)),
            ("NonCompliant", Some(Status::Failed)),
            ("NotReady", Some(Status::InProgress)),
            ("RUNNING", Some(Status::Current)),
            ("Paused", Some(Status::Suspended)),
            ("Created", Some(Status::Current)),
            ("resources-created", Some(Status::InProgress)),
            ("SnapshotForSmartCloneInProgress", Some(Status::InProgress)),
            ("blue", None),
            ("all is ready and nothing failed", None),
        ] {
            assert_eq!(meaning(text), status, "{text:?}");
        }
    }
}
