//! What the kustomizations of a working tree make of its files: which are patches, and no objects; which
//! namespaces objects get; what is generated.

mod generated;
mod plan;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::lexical::plain;
use crate::source::document::Document;
use plan::Plan;

pub(super) use plan::NAMES;

/// Nobody builds more kustomizations on each other.
const DEEPEST: usize = 32;

/// All kustomizations of a tree.
#[derive(Default)]
pub(super) struct Builds {
    plans: BTreeMap<PathBuf, Plan>,
    /// The namespaces in which what a file holds is built; an empty one is the object's own.
    namespaces: BTreeMap<PathBuf, BTreeSet<String>>,
    patches: BTreeSet<PathBuf>,
    generated: Vec<(Document, PathBuf)>,
    /// Folders, each with the namespace that it was built in.
    built: BTreeSet<(PathBuf, String)>,
}

impl Builds {
    /// Reads the kustomizations among these files.
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let plans = paths.iter().filter_map(|path| {
            let plan = Plan::read(path)?;
            Some((plain(path.parent()?), plan))
        });
        let mut builds = Self {
            plans: plans.collect(),
            ..Self::default()
        };
        let plans = std::mem::take(&mut builds.plans);
        let used: BTreeSet<&PathBuf> = plans.values().flat_map(|plan| &plan.resources).collect();
        for folder in plans.keys().filter(|folder| !used.contains(folder)) {
            builds.build(&plans, folder, "", DEEPEST);
        }
        let patches = plans.values().flat_map(|plan| &plan.patches);
        builds.patches = patches.cloned().collect();
        builds.plans = plans;
        builds
    }

    fn build(
        &mut self,
        plans: &BTreeMap<PathBuf, Plan>,
        folder: &Path,
        namespace: &str,
        deepest: usize,
    ) {
        let (Some(plan), Some(deepest)) = (plans.get(folder), deepest.checked_sub(1)) else {
            return;
        };
        // The outermost is the last to be applied.
        let namespace = match namespace {
            "" => plan.namespace.as_str(),
            outer => outer,
        };
        if !self.built.insert((folder.to_owned(), namespace.to_owned())) {
            return;
        }
        for generated in plan.generated(namespace) {
            self.generated.push((generated, plan.path.clone()));
        }
        for resource in &plan.resources {
            if plans.contains_key(resource) {
                self.build(plans, resource, namespace, deepest);
            } else {
                let all = self.namespaces.entry(resource.clone()).or_default();
                all.insert(namespace.to_owned());
            }
        }
    }

    /// Whether a file holds objects: no kustomization, and nothing that is only patched onto others.
    pub(super) fn holds_objects(&self, path: &Path) -> bool {
        let (path, folder) = (plain(path), path.parent().map(plain));
        let is_plan = folder
            .and_then(|folder| self.plans.get(&folder))
            .is_some_and(|plan| plain(&plan.path) == path);
        !is_plan && (self.namespaces.contains_key(&path) || !self.patches.contains(&path))
    }

    /// The namespace in which what a file holds is built; empty where that is each object's own, or it is built
    /// in several: with what each of them changes in it.
    pub(super) fn namespace(&self, path: &Path) -> &str {
        let mut all = self.namespaces.get(&plain(path)).into_iter().flatten();
        match (all.next(), all.next()) {
            (Some(only), None) => only,
            _ => "",
        }
    }

    /// What is generated, and by which file.
    pub(super) fn generated(self) -> Vec<(Document, PathBuf)> {
        self.generated
    }
}
