//! `decryption` in the Kustomizations of the repository that need it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use shared::failure::{Failure, Result};
use shared::sops::Format;

use super::edit::{CHANGE, Edit};
use crate::commands::bootstrap::Bootstrap;
use crate::commands::bootstrap::scene::Scene;
use crate::repository::decryption;
use crate::tree::{Coverage, Covered, File, FluxKustomization, Form};

/// The file that `flux bootstrap` writes, and writes over.
const GENERATED: &str = "gotk-sync.yaml";
/// The file beside it that is for people.
const BESIDE: &str = "kustomization.yaml";

/// A Kustomization with the file that it can be changed in.
#[derive(Clone, Copy)]
struct Declared<'a> {
    file: &'a File,
    document: usize,
    kustomization: &'a FluxKustomization,
}

impl Declared<'_> {
    fn is_generated(&self) -> bool {
        self.file.path.ends_with(GENERATED)
    }

    /// The file that is changed: a generated one is patched from beside.
    fn path(&self) -> PathBuf {
        if self.is_generated() {
            self.file.path.with_file_name(BESIDE)
        } else {
            self.file.path.clone()
        }
    }
}

/// What files become, so that those Kustomizations decrypt with the Secret of the scene.
pub(super) fn edits(arguments: &Bootstrap, scene: &Scene) -> Result<Vec<Edit>> {
    let secret = (!scene.by_flag).then_some(scene.place.name.as_str());
    let mut edits: Vec<Edit> = Vec::new();
    for declared in needing(arguments, scene)? {
        let path = declared.path();
        let name = scene.repository.shown(&path);
        let at = edits.iter().position(|edit| edit.path == path);
        let before = match at {
            Some(at) => edits[at].text.clone(),
            None => read(&path)?,
        };
        let kustomization = &declared.kustomization.object.name;
        let text = if declared.is_generated() {
            decryption::with_patch(&before, kustomization, secret)
        } else {
            decryption::with_decryption(&before, declared.document, secret).map(Some)
        };
        let text = text.map_err(|failure| failure.within(&name))?;
        let Some(text) = text else { continue };
        match at {
            Some(at) => {
                edits[at].text = text;
                let more = format!("; Kustomization {kustomization}");
                edits[at].what.push_str(&more);
            }
            None => edits.push(Edit {
                path,
                found: Some(before),
                text,
                verb: CHANGE,
                what: format!(
                    "{name}: Kustomization {kustomization} decrypts with {}",
                    scene.place
                ),
            }),
        }
    }
    Ok(edits)
}

/// Those of our namespace that build encrypted files and do not decrypt. In a repository without any such file, all
/// but the one that Flux generates: files will come.
fn needing<'a>(arguments: &Bootstrap, scene: &'a Scene) -> Result<Vec<Declared<'a>>> {
    let ours = ours(scene);
    let decrypts = |declared: &&Declared<'_>| declared.kustomization.decrypts;
    if !arguments.kustomizations.is_empty() {
        let mut named = Vec::new();
        for name in &arguments.kustomizations {
            let mut found = ours.iter();
            let found = found
                .find(|declared| declared.kustomization.object.name == *name)
                .ok_or_else(|| {
                    Failure::new(format!(
                        "the repository has no such Flux Kustomization: {name}"
                    ))
                })?;
            named.extend((!decrypts(&found)).then_some(*found));
        }
        return Ok(named);
    }
    let covered = covered(scene);
    let coverage = Coverage::of(&scene.tree);
    let needs = |declared: &&Declared<'_>| {
        if covered.is_empty() {
            return !declared.is_generated();
        }
        let built = coverage.below(&declared.kustomization.path);
        built.iter().any(|file| covered.contains(file))
    };
    let without = ours.iter().filter(|declared| !decrypts(declared));
    Ok(without.filter(needs).copied().collect())
}

/// The Kustomizations of our namespace, as far as a file of YAML can be changed.
fn ours(scene: &Scene) -> Vec<Declared<'_>> {
    let all = scene.tree.kustomizations().filter_map(|(file, one)| {
        let is_yaml = Format::of_path(&file.path) == Format::Yaml;
        let is_plain = matches!(file.form, Form::Plain(_));
        let namespace = one.object.namespace();
        let is_ours = namespace.is_empty() || namespace == scene.place.namespace;
        (is_yaml && is_plain && is_ours).then_some(Declared {
            file,
            document: one.document?,
            kustomization: one,
        })
    });
    all.collect()
}

/// The numbers of the files that are encrypted, or that a rule wants to be.
fn covered(scene: &Scene) -> BTreeSet<usize> {
    let is_meant = |file: &File| match (&file.form, &file.covered) {
        (Form::Sealed(_), _) => true,
        (_, Covered::By(_, rule)) => rule.has_path,
        _ => false,
    };
    let numbered = scene.tree.files.iter().enumerate();
    numbered
        .filter(|(_, file)| is_meant(file))
        .map(|(number, _)| number)
        .collect()
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| {
        let why = shared::failure::io(&error);
        Failure::new(format!("cannot read {}: {why}", path.display()))
    })
}
