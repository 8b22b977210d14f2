//! `--emergency`: what a leaked key opens beyond itself.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use memchr::memmem;
use shared::render::clean;
use shared::sops::cipher::is_sealed;
use shared::sops::looks_encrypted;
use shared::sops::tree::{Item, Value};
use shared::sops::{Document, Format};

use super::scene::Scene;
use crate::repository::git::{self, Gone};

/// Lists every value that was encrypted for the old key: a new key does not take back what the old one opens.
pub(super) fn list(scene: &Scene, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "whoever has the old key and a clone of the repository reads these values, in its history too;"
    )?;
    writeln!(out, "change each where it is valid, then in its file:")?;
    for (file, _) in scene.files() {
        let bytes = std::fs::read(&file.path).unwrap_or_default();
        let read = Document::read_encrypted(&bytes, Format::of_path(&file.path));
        // What cannot be read any more stops the rotation itself.
        if let Ok((document, _)) = read {
            writeln!(out, "  {}{}", clean(&file.name), object(&document))?;
            tell_values(&values(&document), out)?;
        }
    }
    if scene.repository.is_git {
        tell_history(scene, out)?;
    }
    writeln!(
        out,
        "other files that were ever encrypted for the key are open as well: ask who else used it"
    )?;
    writeln!(out)
}

fn tell_values(values: &[String], out: &mut impl Write) -> std::io::Result<()> {
    for value in values {
        writeln!(out, "    {}", clean(value))?;
    }
    Ok(())
}

/// Lists the values of files that are only in the history, and what of it could not be read.
fn tell_history(scene: &Scene, out: &mut impl Write) -> std::io::Result<()> {
    let top = &scene.repository.root;
    let gone = git::deleted(top);
    if gone.is_none() || git::is_shallow(top) {
        writeln!(
            out,
            "what else is in the history is not in this clone; look in a whole one, too: git fetch --unshallow"
        )?;
    }
    let mut seen = BTreeSet::new();
    for file in gone.unwrap_or_default() {
        let Some(told) = Told::of(top, &file, &scene.old.recipient) else {
            continue;
        };
        if top.join(&file.path).exists() || !seen.insert((file.path.clone(), told.clone())) {
            continue;
        }
        if seen.len() == 1 {
            writeln!(out, "and those of files that are only in the history:")?;
        }
        let name = clean(&file.path.display().to_string()).into_owned();
        let commit = file.commit.get(..12).unwrap_or(&file.commit);
        match told {
            Told::Values(object, values) => {
                writeln!(out, "  {name}{object} (before {commit})")?;
                tell_values(&values, out)?;
            }
            Told::Unread => writeln!(out, "  {name} (before {commit}), which cannot be read")?,
        }
    }
    Ok(())
}

/// What is told of a file of the history.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// The object in it, and the paths of its values.
    Values(String, Vec<String>),
    Unread,
}

impl Told {
    /// Nothing where the file was not encrypted for the key.
    fn of(top: &Path, file: &Gone, recipient: &str) -> Option<Self> {
        let Some(bytes) = git::blob(top, &file.blob) else {
            return Some(Self::Unread);
        };
        if !looks_encrypted(&bytes) {
            return None;
        }
        match Document::read_encrypted(&bytes, Format::of_path(&file.path)) {
            Ok((document, metadata)) => metadata
                .is_for(recipient)
                .then(|| Self::Values(object(&document), values(&document))),
            Err(_) => memmem::find(&bytes, recipient.as_bytes()).map(|_| Self::Unread),
        }
    }
}

/// ` (Secret NAMESPACE/NAME)`
fn object(document: &Document) -> String {
    let root = document.roots.first().cloned().map(Value::Map);
    let text = |path: &[&str]| {
        let mut value = root.as_ref()?;
        for name in path {
            value = value.get(name)?;
        }
        value
            .as_str()
            .filter(|text| !is_sealed(text))
            .map(str::to_owned)
    };
    match (
        text(&["kind"]),
        text(&["metadata", "namespace"]),
        text(&["metadata", "name"]),
    ) {
        (Some(kind), Some(namespace), Some(name)) => {
            clean(&format!(" ({kind} {namespace}/{name})")).into_owned()
        }
        (Some(kind), None, Some(name)) => clean(&format!(" ({kind} {name})")).into_owned(),
        _ => String::new(),
    }
}

/// The paths of the encrypted values.
fn values(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for root in &document.roots {
        below(root, "", &mut found);
    }
    found
}

fn below(items: &[Item], path: &str, found: &mut Vec<String>) {
    for (index, node) in items.iter().filter_map(Item::node).enumerate() {
        let name = match node.key.text() {
            Some(name) if path.is_empty() => name.to_owned(),
            Some(name) => format!("{path}.{name}"),
            None => format!("{path}[{index}]"),
        };
        match node.value.as_str() {
            Some(text) if is_sealed(text) => found.push(name),
            _ => below(node.value.items().unwrap_or_default(), &name, found),
        }
    }
}
