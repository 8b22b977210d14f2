//! Encrypts the values on a walk.

use super::at;
use crate::failure::{Exit, Failure, Result};
use crate::secret::Secret;
use crate::sops::cipher::{DataKey, Nonces};
use crate::sops::mac::Mac;
use crate::sops::scalar::{self, Type};
use crate::sops::scope::{Rule, Scope};
use crate::sops::tree::{Comment, Node, Value};
use crate::sops::{exit, walk};

/// Seals what its rule covers.
pub(super) struct Sealer<'a> {
    pub(super) key: &'a DataKey,
    pub(super) scope: Scope<'a>,
    pub(super) rule: &'a Rule,
    pub(super) nonces: &'a Nonces,
    pub(super) mac: Mac,
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
