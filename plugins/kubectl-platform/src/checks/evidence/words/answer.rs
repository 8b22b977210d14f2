//! How servers answer, as those say who asked: they refuse who asks, or have no time for anybody.

use crate::checks::evidence::siblings;

/// Words for credentials that a server does not take, or with which it does not let one do this.
const REFUSED: &[&str] = &[
    "unauthorized",
    "unauthenticated",
    "forbidden",
    "denied",
    "authoriz",
    "no basic auth",
    "credential",
    "invalid token",
    "expired",
];

/// The numbers of such answers.
const REFUSED_BY_NUMBER: &[&str] = &["401", "403"];

/// Words for a server that answers nobody, or has enough of who asks.
const DOWN: &[&str] = &[
    "connection refused",
    "connection reset",
    "toomanyrequests",
    "too many requests",
    "500 internal server error",
    "502 bad gateway",
    "503 service unavailable",
    "504 gateway time",
];

/// Whether a server refuses who asks.
pub(in crate::checks) fn is_refusal(words: &str) -> bool {
    let lower = words.to_lowercase();
    // They may be part of an id.
    let mut numbers = lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    REFUSED.iter().any(|word| lower.contains(word))
        || numbers.any(|number| REFUSED_BY_NUMBER.contains(&number))
}

/// Whether a server answers nobody, or has no time.
pub(in crate::checks) fn is_down(words: &str) -> bool {
    let lower = words.to_lowercase();
    DOWN.iter().any(|word| lower.contains(word)) || siblings::alike(words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_where_they_stand_alone() {
        for (words, refused) in [
            ("Code: 403. Errors: * permission denied", true),
            ("unexpected status: 401", true),
            (
                "RequestID: 11111111-403-4333: ResourceNotFoundException",
                false,
            ),
            ("redis@sha256:ab403cd: not found", false),
        ] {
            assert_eq!(is_refusal(words), refused, "{words}");
        }
    }
}
