//! `--emergency`: what a leaked key opens beyond itself.

use std::io::Write;

use shared::sops::cipher::is_sealed;
use shared::sops::looks_encrypted;
use shared::sops::tree::{Item, Value};
use shared::sops::{Document, Format};

use super::scene::Scene;
use crate::repository::git;

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
            writeln!(out, "  {}{}", file.name, object(&document))?;
            tell_values(&document, out)?;
        }
    }
    let gone = deleted(scene);
    if !gone.is_empty() {
        writeln!(out, "and those of files that are only in the history:")?;
        for (path, commit, document) in gone {
            let commit = commit.get(..12).unwrap_or(&commit);
            writeln!(out, "  {path}{} (before {commit})", object(&document))?;
            tell_values(&document, out)?;
        }
    }
    writeln!(
        out,
        "other files that were ever encrypted for the key are open as well: ask who else used it"
    )?;
    writeln!(out)
}

fn tell_values(document: &Document, out: &mut impl Write) -> std::io::Result<()> {
    for value in values(document) {
        writeln!(out, "    {}", shared::render::clean(&value))?;
    }
    Ok(())
}

/// Files of the history that were encrypted for the old key, with the commit before which they were.
fn deleted(scene: &Scene) -> Vec<(String, String, Document)> {
    if !scene.repository.is_git {
        return Vec::new();
    }
    let top = &scene.repository.root;
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    for (path, commit) in git::deleted(top) {
        if top.join(&path).exists() || !seen.insert(path.clone()) {
            continue;
        }
        let bytes = git::at(top, &commit, &path).unwrap_or_default();
        if !looks_encrypted(&bytes) {
            continue;
        }
        if let Ok((document, metadata)) =
            Document::read_encrypted(&bytes, Format::of_path(path.as_ref()))
            && metadata.is_for(&scene.old.recipient)
        {
            found.push((path, commit, document));
        }
    }
    found
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
        (Some(kind), Some(namespace), Some(name)) => format!(" ({kind} {namespace}/{name})"),
        (Some(kind), None, Some(name)) => format!(" ({kind} {name})"),
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
