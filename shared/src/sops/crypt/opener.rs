//! Decrypts the values on a walk.

use super::at;
use crate::failure::{Exit, Result};
use crate::sops::cipher::{DataKey, Nonces, Unreadable};
use crate::sops::mac::Mac;
use crate::sops::scalar::{self, Type};
use crate::sops::scope::Scope;
use crate::sops::tree::{Comment, Key, Node, Value};
use crate::sops::{exit, walk};

/// Opens what its rule covers.
pub(super) struct Opener<'a> {
    pub(super) key: &'a DataKey,
    pub(super) scope: Scope<'a>,
    pub(super) nonces: &'a mut Nonces,
    pub(super) mac: Mac,
    pub(super) plain_comments: usize,
    /// The value that it is at.
    pub(super) site: Option<usize>,
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
