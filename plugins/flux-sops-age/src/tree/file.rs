//! One file: read once, judged by its form, and forgotten but for what checks ask.

use std::io;
use std::path::{Path, PathBuf};

use shared::age::Keyring;
use shared::facts::meta::Place;
use shared::facts::{Gap, Reason};
use shared::failure;
use shared::object::ObjectRef;
use shared::sops::looks_encrypted;
use shared::sops::rules::CreationRule;
use shared::sops::{Document, Format};

use super::content::{self, Content};
use super::form::Form;
use super::manifest::Manifests;
use super::plain;
use super::private_key::{self, PrivateKey};
use super::rules::{Covered, RuleBook, Rules};
use super::sealed;
use super::{broken, conflict};
use crate::repository::Repository;
use crate::repository::git::Standing;
use crate::shell::quoted;

/// A file of a tree.
pub(crate) struct File {
    /// Its absolute path.
    pub(crate) path: PathBuf,
    /// The path as the user would write it.
    pub(crate) name: String,
    /// The path from the top of the repository, with slashes.
    pub(crate) below_top: String,
    /// What the rules say of it.
    pub(crate) covered: Covered,
    pub(crate) standing: Standing,
    pub(crate) private_keys: Vec<PrivateKey>,
    /// What manifests it holds.
    pub(crate) manifests: Manifests,
    pub(crate) form: Form,
}

impl File {
    /// The file as what a finding is about.
    pub(crate) fn object(&self) -> ObjectRef {
        ObjectRef::file(&self.name)
    }

    /// Its name as a word of a command that is pasted into a shell.
    pub(crate) fn word(&self) -> String {
        quoted(&self.name)
    }

    /// A place in it.
    pub(crate) fn place(&self, line: impl Into<Option<u64>>) -> Place {
        Place {
            path: self.name.as_str().into(),
            line: line.into(),
        }
    }
}

/// Reads a file; none where it is none, such as a link, or one that Git has and the tree does not.
pub(super) fn read(
    path: &Path,
    standing: Standing,
    repository: &Repository,
    book: &RuleBook<'_>,
    keyring: &Keyring,
) -> Result<Option<File>, Gap> {
    let name = repository.shown(path);
    let rules = book.of(path);
    // A link that was named is meant; of others, what they lead to is there by its own name, or not ours.
    let follow = standing == Standing::Unknown;
    let (form, manifests, private_keys) = match content::read(path, follow) {
        Ok(Content::Whole(bytes)) => {
            let (form, manifests) = judge(&bytes, path, rules.as_deref(), keyring);
            (form, manifests, private_key::find(&bytes))
        }
        Ok(Content::TooLarge) => {
            let form = Form::Unread("it is too large to be looked at".to_owned());
            (form, Manifests::default(), Vec::new())
        }
        Ok(Content::NoFile) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let why = format!("{name}: {}", failure::io(&error));
            return Err(Gap::new(Reason::Unreadable, why));
        }
    };
    let covered = rules
        .as_deref()
        .map_or(Covered::NoRules, |rules| rules.covered(path));
    Ok(Some(File {
        path: path.to_owned(),
        below_top: repository.below_root(path),
        name,
        covered,
        standing,
        private_keys,
        manifests,
        form,
    }))
}

/// What a file is, and what manifests it holds.
fn judge(bytes: &[u8], path: &Path, rules: Option<&Rules>, keyring: &Keyring) -> (Form, Manifests) {
    let is_kustomization = is_kustomization(path);
    let format = if is_kustomization {
        Format::Yaml
    } else {
        Format::of_path(path)
    };
    let (form, mut manifests) = match sealed_form(bytes, format, || rules?.rule_for(path), keyring)
    {
        Some(found) => found,
        None => plain::read(bytes, format, path, rules),
    };
    if !is_kustomization {
        manifests.takes = None;
    }
    (form, manifests)
}

/// Whether kustomize reads a file of this name by itself.
fn is_kustomization(path: &Path) -> bool {
    const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    NAMES.iter().any(|name| path.ends_with(name))
}

/// What an encrypted file is; none where a file is not encrypted.
fn sealed_form(
    bytes: &[u8],
    format: Format,
    rule: impl Fn() -> Option<CreationRule>,
    keyring: &Keyring,
) -> Option<(Form, Manifests)> {
    if !looks_encrypted(bytes) {
        return None;
    }
    let has_name = format != Format::Binary;
    if let Some(line) = conflict::line(bytes).filter(|_| has_name) {
        return Some((Form::Conflict(line), Manifests::default()));
    }
    match Document::read_encrypted(bytes, format) {
        Ok((document, metadata)) => {
            let manifests = Manifests::of(&document);
            let form = match document.refuse_joined() {
                Ok(()) => {
                    let sealed = sealed::read(document, metadata, bytes, rule().as_ref(), keyring);
                    Form::Sealed(Box::new(sealed))
                }
                Err(why) => broken::joined(bytes, &why),
            };
            Some((form, manifests))
        }
        Err(why) => broken::read(bytes, format, &why),
    }
}
