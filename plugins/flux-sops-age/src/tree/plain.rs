//! A file that is not encrypted: whether a rule means that it should be.

use std::path::Path;

use shared::failure::Result;
use shared::finding::Level;
use shared::sops::rules::CreationRule;
use shared::sops::scope::Scope;
use shared::sops::tree::{Comment, Node, Value};
use shared::sops::walk::{self, Place, Visit};
use shared::sops::{Document, Format, exit};

use super::manifest::{Manifests, ValueForm};
use super::rules::Rules;

/// A file that is not encrypted.
#[derive(Default)]
pub(crate) struct Plain {
    /// What a rule would encrypt.
    pub(crate) reach: Option<Reach>,
    /// Why it could not be looked at.
    pub(crate) unreadable: Option<String>,
}

/// A value that a rule covers and that stands there in plain.
pub(crate) struct Reach {
    /// How sure it is that the rule means this file.
    pub(crate) level: Level,
    /// Its names, parted by dots; empty where the whole file is meant.
    pub(crate) at: String,
    pub(crate) line: Option<u64>,
}

/// Reads a plain file.
pub(super) fn read(
    bytes: &[u8],
    format: Format,
    path: &Path,
    rules: Option<&Rules>,
) -> (Plain, Manifests) {
    let rule = rules.and_then(|rules| Some((rules, rules.rule_for(path)?)));
    let aim = rule
        .as_ref()
        .map_or(Aim::SecretsOnly, |(rules, rule)| Aim::of(rules, rule, path));
    let is_text = format != Format::Binary;
    if !(is_text && (mentions_kind(bytes) || aim != Aim::SecretsOnly)) {
        let reach = (aim == Aim::File && !bytes.is_empty()).then(|| Reach {
            level: Level::Error,
            at: String::new(),
            line: None,
        });
        let plain = Plain {
            reach,
            unreadable: None,
        };
        return (plain, Manifests::default());
    }
    let mut document = match Document::read_plain(bytes, format) {
        Ok(document) => document,
        Err(failure) => {
            return (
                unparsed(bytes, aim, failure.to_string()),
                Manifests::default(),
            );
        }
    };
    let manifests = Manifests::of(&document);
    let reach = rule.and_then(|(_, rule)| reach(&mut document, &manifests, &rule, aim));
    (
        Plain {
            reach,
            unreadable: None,
        },
        manifests,
    )
}

/// A template is no YAML yet, and means nothing by itself.
fn unparsed(bytes: &[u8], aim: Aim, why: String) -> Plain {
    let holds = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    if aim == Aim::File {
        let reach = Reach {
            level: Level::Error,
            at: String::new(),
            line: None,
        };
        return Plain {
            reach: Some(reach),
            unreadable: None,
        };
    }
    let is_secret = holds(b"kind: Secret\n") && !holds(b"{{");
    Plain {
        reach: None,
        unreadable: is_secret.then_some(why),
    }
}

fn mentions_kind(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 4] = [b"kind", b"secretGenerator", b"resources", b"components"];
    let holds = |mark| memchr::memmem::find(bytes, mark).is_some();
    MARKS.into_iter().any(holds)
}

/// What a rule means of a file that its path covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The rule covers any manifest: Secrets are meant.
    SecretsOnly,
    /// The rule covers a folder: Secrets, and what is no manifest, are meant.
    Folder(Level),
    /// The rule names such files.
    File,
}

impl Aim {
    fn of(rules: &Rules, rule: &CreationRule, path: &Path) -> Self {
        const NEVER_MEANT: [&str; 7] = [
            "kustomization.yaml",
            "kustomization.yml",
            "Kustomization",
            ".sops.yaml",
            ".gitignore",
            ".gitkeep",
            ".gitattributes",
        ];
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_text =
            name.ends_with(".md") || name.starts_with("README") || name.starts_with("LICENSE");
        if !rule.has_path || is_text || NEVER_MEANT.contains(&&*name) {
            return Self::SecretsOnly;
        }
        // What nobody encrypts tells whether the rule tells files apart.
        let covers = |folder: Option<&Path>| {
            let probe = folder.map(|folder| folder.join("kustomization.yaml"));
            let found = probe.and_then(|probe| rules.rule_for(&probe));
            found.is_some_and(|found| found.index == rule.index)
        };
        if covers(rules.folder()) {
            return Self::SecretsOnly;
        }
        if !covers(path.parent()) {
            return Self::File;
        }
        match (&rule.rule, Format::of_path(path)) {
            (None, _) => Self::Folder(Level::Error),
            (Some(_), Format::Binary) => Self::SecretsOnly,
            (Some(_), _) => Self::Folder(Level::Warning),
        }
    }
}

/// The first value that the rule covers and that it means.
fn reach(
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
