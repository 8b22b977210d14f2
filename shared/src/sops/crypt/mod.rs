//! Encrypts and decrypts all values of a document that its rule covers, and makes the MAC on the way.
//!
//! What a value is encrypted under is its place: the names on the way, each followed by a colon; positions in
//! lists do not count. A comment stands at the place of the map or list that holds it.

mod opener;
mod sealer;

use super::cipher::{DataKey, Nonces};
use super::mac::{Covers, Mac};
use super::scope::Rule;
use super::tree::Roots;
use super::walk;
use crate::failure::{Exit, Failure, Result};
use opener::Opener;
use sealer::Sealer;

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

/// A failure at a place, which is named without its values.
fn at(aad: &str, why: impl std::fmt::Display, exit: Exit) -> Failure {
    let name = aad.trim_end_matches(':').replace(':', ".");
    let name = if name.is_empty() { "the root" } else { &name };
    Failure::new(format!("cannot read or write the value at {name}: {why}")).exit(exit)
}
