//! Where an encrypted file's own block and the rule of `.sops.yaml` part: the block stays what it was made as.
//!
//! Only what a rule says counts: one that names keys alone leaves the rest to whoever encrypts a file.

use shared::failure::{Exit, Result};
use shared::sops::mac::Covers;
use shared::sops::rules::CreationRule;
use shared::sops::scope::{Rule, Scope};
use shared::sops::tree::{Comment, Node, Value, find};
use shared::sops::walk::{self, Place, Visit};
use shared::sops::{Document, Format, Metadata, exit};

/// What differs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parting {
    /// Which values are encrypted.
    Values {
        /// What the file's block says: a field and its text.
        own: String,
        /// What the rule says.
        rule: String,
        /// The first value that stands otherwise than the rule has it; none where only values to come would.
        first: Option<Otherwise>,
    },
    /// The rule lets the MAC cover encrypted values alone, the file's covers all.
    Mac,
    /// How many key groups it takes.
    Threshold {
        /// As the file is.
        own: usize,
        /// As the rule says.
        rule: usize,
    },
}

/// A value that stands otherwise than a rule has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Otherwise {
    /// Its names, parted by dots.
    pub(crate) at: String,
    pub(crate) line: Option<u64>,
    /// Whether it stands in plain, and the rule would encrypt it.
    pub(crate) is_plain: bool,
}

/// Lays a file's block beside its rule. The document is as it was read, encrypted.
pub(super) fn partings(
    document: &mut Document,
    metadata: &Metadata,
    rule: &CreationRule,
) -> Vec<Parting> {
    let mut found = Vec::new();
    // A binary file is one value, which no rule leaves plain.
    if document.format != Format::Binary {
        found.extend(
            rule.rule
                .as_ref()
                .and_then(|said| values(document, &metadata.rule, said)),
        );
        if (rule.covers, metadata.covers) == (Covers::Encrypted, Covers::Everything) {
            found.push(Parting::Mac);
        }
    }
    let groups = metadata.groups.len();
    // A threshold that no file can have is for the rule to mend.
    let is_said = rule.groups.len() == groups && (2..=groups).contains(&rule.threshold);
    if is_said && rule.threshold != metadata.groups_needed() {
        found.push(Parting::Threshold {
            own: metadata.groups_needed(),
            rule: rule.threshold,
        });
    }
    found
}

/// Rules in other words that encrypt the same are the same.
fn values(document: &mut Document, own: &Rule, said: &Rule) -> Option<Parting> {
    if own == said {
        return None;
    }
    let (own_scope, said_scope) = (own.scope(), said.scope());
    let reads_comments = own_scope.reads_comments() || said_scope.reads_comments();
    let mut visitor = Both {
        own: own_scope,
        rule: said_scope,
        found: None,
    };
    // Comments may be encrypted, so that what they decide cannot be told.
    if !reads_comments {
        for root in &mut document.roots {
            walk::walk(root, &mut visitor).ok()?;
        }
    }
    let Both {
        own: a,
        rule: b,
        found,
    } = visitor;
    let first = found.map(|(at, site, is_plain)| Otherwise {
        at,
        line: site.and_then(|site| document.line(site)),
        is_plain,
    });
    let is_secret = document.roots.iter().any(|root| {
        let kind = find(root, "kind").and_then(|node| node.value.as_str());
        kind == Some("Secret")
    });
    // What a Secret may come to hold when it is edited.
    let parts_later = is_secret
        && [["data", "key"], ["stringData", "key"]]
            .iter()
            .any(|path| a.covers(path, &[], false) != b.covers(path, &[], false));
    (first.is_some() || parts_later || reads_comments).then(|| Parting::Values {
        own: in_words(own),
        rule: in_words(said),
        first,
    })
}

/// `encrypted_regex ^(data|stringData)$`
fn in_words(rule: &Rule) -> String {
    let field = rule.field();
    field.map_or_else(
        || "everything".to_owned(),
        |(name, text)| format!("{name} {text}"),
    )
}

/// Looks for the first value on which two rules part.
struct Both<'a> {
    own: Scope<'a>,
    rule: Scope<'a>,
    found: Option<(String, Option<usize>, bool)>,
}

impl Visit for Both<'_> {
    const EXIT: Exit = exit::GENERIC;

    fn leaf(&mut self, node: &mut Node, place: &Place<'_>) -> Result<Option<Comment>> {
        let is_empty = match &node.value {
            Value::Str(text) => text.is_empty(),
            Value::Null | Value::Map(_) | Value::List(_) => true,
            _ => false,
        };
        let by = |scope: &Scope<'_>| scope.covers(&place.path, place.comments, false);
        let (own, rule) = (by(&self.own), by(&self.rule));
        if self.found.is_none() && !is_empty && own != rule {
            self.found = Some((place.path.join("."), node.site, rule));
        }
        Ok(None)
    }

    fn comment(&mut self, _: &mut Comment, _: &Place<'_>, _: &[String]) -> Result<()> {
        Ok(())
    }
}
