//! What a rule would encrypt of a file that is not encrypted.

use shared::failure::Result;
use shared::finding::Level;
use shared::sops::rules::CreationRule;
use shared::sops::scope::Scope;
use shared::sops::tree::{Comment, Node, Value};
use shared::sops::walk::{self, Place, Visit};
use shared::sops::{Document, exit};

use super::aim::Aim;
use super::manifest::{Manifests, ValueForm};

/// A value that a rule covers and that stands there in plain.
pub(crate) struct Reach {
    /// How sure it is that the rule means this file.
    pub(crate) level: Level,
    /// Its names, parted by dots; empty where the whole file is meant.
    pub(crate) at: String,
    pub(crate) line: Option<u64>,
}

impl Reach {
    /// The whole file.
    pub(super) fn whole() -> Self {
        Self {
            level: Level::Error,
            at: String::new(),
            line: None,
        }
    }
}

/// The first value that the rule covers and that it means.
pub(super) fn first(
    document: &mut Document,
    manifests: &Manifests,
    rule: &CreationRule,
    aim: Aim,
) -> Option<Reach> {
    let of_file = rule.rule.clone().unwrap_or_default();
    let scope = of_file.scope();
    for secret in &manifests.secrets {
        for value in secret
            .values
            .iter()
            .filter(|value| value.form == ValueForm::Plain)
        {
            if scope.covers(&[value.field, &value.name], &[], false) {
                return Some(Reach {
                    level: Level::Error,
                    at: format!("{}.{}", value.field, value.name),
                    line: value.line,
                });
            }
        }
    }
    let level = match aim {
        Aim::SecretsOnly => return None,
        Aim::Folder(_) if manifests.count > 0 => return None,
        Aim::Folder(level) => level,
        Aim::File => Level::Error,
    };
    let mut first = First { scope, found: None };
    for root in &mut document.roots {
        walk::walk(root, &mut first).ok()?;
    }
    let (at, site) = first.found?;
    Some(Reach {
        level,
        at,
        line: site.and_then(|site| document.line(site)),
    })
}

/// Looks for the first value in a rule's reach.
struct First<'a> {
    scope: Scope<'a>,
    found: Option<(String, Option<usize>)>,
}

impl Visit for First<'_> {
    const EXIT: shared::failure::Exit = exit::GENERIC;

    fn leaf(&mut self, node: &mut Node, place: &Place<'_>) -> Result<Option<Comment>> {
        let is_empty = match &node.value {
            Value::Str(text) => text.is_empty(),
            Value::Null | Value::Map(_) | Value::List(_) => true,
            _ => false,
        };
        if self.found.is_none()
            && !is_empty
            && self.scope.covers(&place.path, place.comments, false)
        {
            self.found = Some((place.path.join("."), node.site));
        }
        Ok(None)
    }

    fn comment(&mut self, _: &mut Comment, _: &Place<'_>, _: &[String]) -> Result<()> {
        Ok(())
    }
}
