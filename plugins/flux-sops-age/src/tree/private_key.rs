//! Private age keys in any file, as text or in the base64 of a Secret's data.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use memchr::memmem;
use shared::age;
use zeroize::Zeroizing;

use super::lines::line_at;

/// What every private key starts with, and the same in base64 behind 0, 1 and 2 other bytes.
const MARK: &[u8] = b"AGE-SECRET-KEY-";
const CODED: [&[u8]; 3] = [
    b"QUdFLVNFQ1JFVC1LRVkt",
    b"FHRS1TRUNSRVQtS0VZL",
    b"BR0UtU0VDUkVULUtFWS",
];

/// A private key that was found: its public key and its line, never itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrivateKey {
    pub(crate) recipient: String,
    pub(crate) line: u64,
    /// Whether it stands in base64.
    pub(crate) is_coded: bool,
}

/// The private keys in a file. A text that only looks like one, as in a manual, is none.
pub(super) fn find(bytes: &[u8]) -> Vec<PrivateKey> {
    let mut found = Vec::new();
    let mut add = |text: &[u8], at: usize, is_coded: bool| {
        if let Some(recipient) = recipient_of(text) {
            let line = line_at(bytes, at);
            found.push(PrivateKey {
                recipient,
                line,
                is_coded,
            });
        }
    };
    for at in memmem::find_iter(bytes, MARK) {
        add(&bytes[at..], at, false);
    }
    let mut tokens = Vec::new();
    for mark in CODED {
        for at in memmem::find_iter(bytes, mark) {
            let start = bytes[..at].iter().rposition(|byte| !is_base64(*byte));
            let start = start.map_or(0, |before| before + 1);
            let end = bytes[at..].iter().position(|byte| !is_base64(*byte));
            tokens.push(start..end.map_or(bytes.len(), |length| at + length));
        }
    }
    tokens.sort_by_key(|token| token.start);
    tokens.dedup();
    for token in tokens {
        let at = token.start;
        let Ok(plain) = BASE64_STANDARD.decode(&bytes[token]).map(Zeroizing::new) else {
            continue;
        };
        for key in memmem::find_iter(&plain, MARK) {
            add(&plain[key..], at, true);
        }
    }
    found
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

/// The public key of the private key that a text starts with.
fn recipient_of(text: &[u8]) -> Option<String> {
    let allowed = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-';
    let end = text.iter().position(|byte| !allowed(byte));
    let text = std::str::from_utf8(&text[..end.unwrap_or(text.len())]).ok()?;
    age::parse_identity(text)
        .ok()
        .map(|identity| identity.recipient())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_as_text_and_in_base64_and_only_true_ones() {
        for identity in [
            age::Identity::generate(),
            age::Identity::generate_post_quantum().unwrap(),
        ] {
            let key = identity.text();
            let text = format!("a:\n  b: \"{}\" # mine\n", *key);
            let found = find(text.as_bytes());
            assert_eq!(
                (found.len(), found[0].line, found[0].is_coded),
                (1, 2, false)
            );
            assert_eq!(found[0].recipient, identity.recipient());
            for before in ["", "#", "# ", "# created\n"] {
                let coded = BASE64_STANDARD.encode(format!("{before}{}\n", *key));
                let found = find(format!("\n\ndata: {{k: {coded}}}\n").as_bytes());
                assert_eq!(
                    (found.len(), found[0].line, found[0].is_coded),
                    (1, 3, true),
                    "{before:?}"
                );
            }
            assert!(find(&text.as_bytes()[..text.len() - 20]).is_empty());
        }
        assert!(find(b"AGE-SECRET-KEY-1... and AGE-SECRET-KEY-PQ-1...").is_empty());
    }
}
