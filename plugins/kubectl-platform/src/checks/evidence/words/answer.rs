//! How servers answer, as those say who asked: they refuse who asks, or have no time for anybody.

use crate::checks::evidence::siblings;

/// Words for credentials that a server does not take, or with which it does not let one do this.
const REFUSED: &[&str] = &[
    "unauthorized",
    "unauthenticated",
    "forbidden",
    "denied",
    "authoriz",
    "authentication required",
    "unable to authenticate",
    "no basic auth",
    "credential",
    "invalid token",
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
    "certificate has expired",
];

/// The numbers of answers that tell of a server's own trouble.
const DOWN_BY_NUMBER: &[&str] = &["500", "502", "503", "504"];

/// Whether a server refuses who asks.
pub(in crate::checks) fn is_refusal(words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_expired = lower.contains("expired") && !lower.contains("certificate");
    is_expired
        || REFUSED.iter().any(|word| lower.contains(word))
        || parts(&lower).any(|part| REFUSED_BY_NUMBER.contains(&part))
}

/// Whether a server answers nobody, or has no time.
pub(in crate::checks) fn is_down(words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_code = |word: &str| {
        ["code", "status", "http"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    let mut pairs = parts(&lower).zip(parts(&lower).skip(1));
    DOWN.iter().any(|word| lower.contains(word))
        || pairs.any(|(word, number)| is_code(word) && DOWN_BY_NUMBER.contains(&number))
        || siblings::alike(words).is_some()
}

/// The words and numbers of a text. What hyphens join, such as an id, is one.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    parts.filter(|part| !part.is_empty())
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
            ("ExpiredTokenException: the token is expired", true),
            ("x509: certificate has expired or is not yet valid", false),
            ("redis@sha256:ab403cd: not found", false),
        ] {
            assert_eq!(is_refusal(words), refused, "{words}");
        }
    }

    #[test]
    fn numbers_of_trouble_are_codes() {
        for (words, down) in [
            ("Code: 503. Errors: * Vault is sealed", true),
            ("unexpected status code 502", true),
            ("ghcr.io/almckay/site:500: not found", false),
        ] {
            assert_eq!(is_down(words), down, "{words}");
        }
    }
}
