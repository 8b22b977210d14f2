//! Encrypts and decrypts all values of a document that its rule covers, and makes the MAC on the way.
//!
//! What a value is encrypted under is its place: the names on the way, each followed by a colon; positions in
//! lists do not count. A comment stands at the place of the map or list that holds it.

use super::cipher::{DataKey, Nonces, Unreadable};
use super::mac::{Covers, Mac};
use super::scalar::{self, Type};
use super::scope::{Rule, Scope};
use super::tree::{Comment, Key, Node, Roots, Value};
use super::{exit, walk};
use crate::failure::{Exit, Failure, Result};
use crate::secret::Secret;

/// What decryption found beside the values.
#[derive(Debug)]
pub struct Decrypted {
    /// The MAC of the values, in hexadecimal.
    pub mac: String,
    /// Comments in the rule's reach that are not encrypted, or that no place opens: they stay as they are.
    pub plain_comments: usize,
}

/// Why a walk ended, and at which site of the text.
pub struct Stopped {
    /// Why.
    pub failure: Failure,
    /// The site of the value, where it has one.
    pub site: Option<usize>,
}

/// Encrypts in place, and returns the MAC of the plain values.
///
/// # Errors
/// When a value cannot be encrypted: a key that is no text.
pub fn encrypt(
    roots: &mut Roots,
    key: &DataKey,
    rule: &Rule,
    covers: Covers,
    nonces: &Nonces,
) -> Result<String> {
    let mut sealer = Sealer {
        key,
        scope: rule.scope(),
        rule,
        nonces,
        mac: Mac::new(covers),
    };
    for root in roots {
        walk::walk(root, &mut sealer)?;
    }
    Ok(sealer.mac.finish())
}

/// Decrypts in place; `nonces` remembers what the values were encrypted with.
///
/// # Errors
/// When a value that should be encrypted is not, or was made for another key or place.
pub fn decrypt(
    roots: &mut Roots,
    key: &DataKey,
    rule: &Rule,
    covers: Covers,
    nonces: &mut Nonces,
) -> Result<Decrypted, Stopped> {
    let mut opener = Opener {
        key,
        scope: rule.scope(),
        nonces,
        mac: Mac::new(covers),
        plain_comments: 0,
        site: None,
    };
    for root in roots {
        walk::walk(root, &mut opener).map_err(|failure| Stopped {
            failure,
            site: opener.site,
        })?;
    }
    Ok(Decrypted {
        mac: opener.mac.finish(),
        plain_comments: opener.plain_comments,
    })
}

struct Sealer<'a> {
    key: &'a DataKey,
    scope: Scope<'a>,
    rule: &'a Rule,
    nonces: &'a Nonces,
    mac: Mac,
}

impl Sealer<'_> {
    fn seal(&self, kind: Type, text: &Secret, aad: &str) -> Result<Secret> {
        if text.is_empty() {
            return Ok(Secret::default());
        }
        self.key
            .seal(kind, text, aad, self.nonces)
            .map(Secret::from)
            .map_err(|error| at(aad, error, exit::ENCRYPT_TREE))
    }
}

impl walk::Visit for Sealer<'_> {
    const EXIT: Exit = exit::ENCRYPT_TREE;

    fn leaf(&mut self, node: &mut Node, place: &walk::Place<'_>) -> Result<Option<Comment>> {
        let Some((kind, text)) = scalar::encode(&node.value) else {
            return Ok(None);
        };
        if self.scope.covers(&place.path, place.comments, false) {
            self.mac.encrypted(text.bytes());
            node.value = Value::Str(self.seal(kind, &text, &place.aad())?);
            node.changed = true;
        } else {
            self.mac.plain(text.bytes());
        }
        Ok(None)
    }

    fn comment(
        &mut self,
        comment: &mut Comment,
        place: &walk::Place<'_>,
        _: &[String],
    ) -> Result<()> {
        if !self.scope.covers(&place.path, place.comments, true) {
            return Ok(());
        }
        let sealed = self.seal(Type::Comment, &comment.text, &place.aad())?;
        if matches!(self.rule, Rule::UnencryptedCommentRegex(_))
            && sealed.text().is_some_and(|text| self.scope.matches(text))
        {
            return Err(Failure::new(
                "unencrypted_comment_regex matches a comment in its encrypted form",
            )
            .hint("choose an expression that matches the comment's own words only")
            .exit(exit::ENCRYPT_TREE));
        }
        comment.text = sealed;
        comment.changed = true;
        Ok(())
    }
}

struct Opener<'a> {
    key: &'a DataKey,
    scope: Scope<'a>,
    nonces: &'a mut Nonces,
    mac: Mac,
    plain_comments: usize,
    /// The value that it is at.
    site: Option<usize>,
}

impl walk::Visit for Opener<'_> {
    const EXIT: Exit = exit::DECRYPT_TREE;

    fn leaf(&mut self, node: &mut Node, place: &walk::Place<'_>) -> Result<Option<Comment>> {
        self.site = node.site;
        if !self.scope.covers(&place.path, place.comments, false) {
            if let Some((_, text)) = scalar::encode(&node.value) {
                self.mac.plain(text.bytes());
            }
            return Ok(None);
        }
        let sealed = match &node.value {
            Value::Str(text) if text.is_empty() => return Ok(None),
            Value::Str(text) => text.text().ok_or(Unreadable::NotEncrypted),
            Value::Null | Value::Map(_) | Value::List(_) => return Ok(None),
            _ => Err(Unreadable::NotEncrypted),
        };
        let aad = place.aad();
        let opened = sealed
            .and_then(|sealed| self.key.open(sealed, &aad))
            .map_err(|why| at(&aad, why, exit::DECRYPT_TREE))?;
        self.nonces.keep(&aad, &opened);
        if opened.kind == Type::Comment && node.key == Key::None {
            return Ok(Some(Comment {
                text: opened.text,
                site: node.site,
                changed: true,
            }));
        }
        self.mac.encrypted(opened.text.bytes());
        node.value = scalar::decode(opened.kind, opened.text)
            .ok_or_else(|| at(&aad, Unreadable::Malformed, exit::DECRYPT_TREE))?;
        node.changed = true;
        Ok(None)
    }

    fn comment(
        &mut self,
        comment: &mut Comment,
        place: &walk::Place<'_>,
        others: &[String],
    ) -> Result<()> {
        if comment.text.is_empty() || !self.scope.covers(&place.path, place.comments, true) {
            return Ok(());
        }
        let aad = place.aad();
        // sops moves comments when it writes; the cipher itself tells which place is the right one.
        let opened = comment.text.text().and_then(|text| {
            std::iter::once(&aad)
                .chain(others)
                .find_map(|aad| Some((aad, self.key.open(text, aad).ok()?)))
        });
        let Some((aad, opened)) = opened else {
            self.plain_comments += 1;
            return Ok(());
        };
        self.nonces.keep(aad, &opened);
        comment.text = opened.text;
        comment.changed = true;
        Ok(())
    }
}

/// A failure at a place, which is named without its values.
fn at(aad: &str, why: impl std::fmt::Display, exit: Exit) -> Failure {
    let name = aad.trim_end_matches(':').replace(':', ".");
    let name = if name.is_empty() { "the root" } else { &name };
    Failure::new(format!("cannot read or write the value at {name}: {why}")).exit(exit)
}
