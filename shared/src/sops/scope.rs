//! Which values of a file are encrypted: at most one rule, by the names on the way or by comments before.

use std::rc::Rc;

use regex::bytes::Regex;

use super::pattern;

/// The suffix of names that stay plain where a file or rule says nothing else.
pub const DEFAULT_SUFFIX: &str = "_unencrypted";

/// The rule of a file, as its metadata or a creation rule says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Everything is encrypted (the binary store).
    All,
    /// Plain below names with this suffix.
    UnencryptedSuffix(String),
    /// Encrypted below names with this suffix.
    EncryptedSuffix(String),
    /// Plain below names that match.
    UnencryptedRegex(String),
    /// Encrypted below names that match.
    EncryptedRegex(String),
    /// Plain behind a comment that matches.
    UnencryptedCommentRegex(String),
    /// Encrypted behind a comment that matches.
    EncryptedCommentRegex(String),
}

impl Default for Rule {
    fn default() -> Self {
        Self::UnencryptedSuffix(DEFAULT_SUFFIX.to_owned())
    }
}

/// Makes a rule of what its field says.
type MakeRule = fn(String) -> Rule;

/// The fields of metadata and creation rules, and the rule that each makes.
pub const FIELDS: [(&str, MakeRule); 6] = [
    ("unencrypted_suffix", Rule::UnencryptedSuffix),
    ("encrypted_suffix", Rule::EncryptedSuffix),
    ("unencrypted_regex", Rule::UnencryptedRegex),
    ("encrypted_regex", Rule::EncryptedRegex),
    ("unencrypted_comment_regex", Rule::UnencryptedCommentRegex),
    ("encrypted_comment_regex", Rule::EncryptedCommentRegex),
];

impl Rule {
    /// The field that says it, and what it says; none where everything is encrypted.
    pub fn field(&self) -> Option<(&'static str, &str)> {
        Some(match self {
            Self::All => return None,
            Self::UnencryptedSuffix(text) => ("unencrypted_suffix", text),
            Self::EncryptedSuffix(text) => ("encrypted_suffix", text),
            Self::UnencryptedRegex(text) => ("unencrypted_regex", text),
            Self::EncryptedRegex(text) => ("encrypted_regex", text),
            Self::UnencryptedCommentRegex(text) => ("unencrypted_comment_regex", text),
            Self::EncryptedCommentRegex(text) => ("encrypted_comment_regex", text),
        })
    }

    /// The expression, where the rule has one that does not compile.
    pub fn broken(&self) -> Option<&str> {
        match self {
            Self::UnencryptedRegex(text)
            | Self::EncryptedRegex(text)
            | Self::UnencryptedCommentRegex(text)
            | Self::EncryptedCommentRegex(text)
                if pattern::compile(text).is_none() =>
            {
                Some(text)
            }
            _ => None,
        }
    }

    /// The rule, ready to be asked.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            rule: self,
            regex: match self {
                Self::UnencryptedRegex(text)
                | Self::EncryptedRegex(text)
                | Self::UnencryptedCommentRegex(text)
                | Self::EncryptedCommentRegex(text) => pattern::compile(text),
                _ => None,
            },
        }
    }
}

/// A rule with its expression compiled. One that does not compile matches nothing, as in sops.
pub struct Scope<'a> {
    rule: &'a Rule,
    regex: Option<Rc<Regex>>,
}

impl Scope<'_> {
    /// Whether what stands at `path` is encrypted. `comments` are those before it, container by container;
    /// `is_comment` says that it is itself the last of them.
    pub fn covers(&self, path: &[&str], comments: &[Vec<String>], is_comment: bool) -> bool {
        let matches =
            |text: &str| matches!(&self.regex, Some(regex) if regex.is_match(text.as_bytes()));
        match self.rule {
            Rule::All => true,
            Rule::UnencryptedSuffix(suffix) => !path.iter().any(|name| name.ends_with(suffix)),
            Rule::EncryptedSuffix(suffix) => path.iter().any(|name| name.ends_with(suffix)),
            Rule::UnencryptedRegex(_) => !path.iter().any(|name| matches(name)),
            Rule::EncryptedRegex(_) => path.iter().any(|name| matches(name)),
            Rule::UnencryptedCommentRegex(_) => {
                !comments.iter().flatten().any(|comment| matches(comment))
            }
            Rule::EncryptedCommentRegex(_) => {
                // The comment that turns encryption on stays plain itself.
                let mut all: Vec<&String> = comments.iter().flatten().collect();
                if is_comment {
                    all.pop();
                }
                all.into_iter().any(|comment| matches(comment))
            }
        }
    }

    /// Whether the rule looks at comments at all.
    pub fn reads_comments(&self) -> bool {
        matches!(
            self.rule,
            Rule::UnencryptedCommentRegex(_) | Rule::EncryptedCommentRegex(_)
        )
    }

    /// Whether the expression matches this text.
    pub fn matches(&self, text: &str) -> bool {
        matches!(&self.regex, Some(regex) if regex.is_match(text.as_bytes()))
    }
}
