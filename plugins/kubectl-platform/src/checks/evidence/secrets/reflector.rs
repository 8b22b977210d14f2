//! Secrets that Reflector copies between namespaces: a copy is as good as its source and Reflector.
//! See <https://github.com/emberstack/kubernetes-reflector>.
//!
//! A check that uses this hints at `Secret`, `Deployment` and `Kustomization`.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::flux::inventory;

const PREFIX: &str = "reflector.v1.k8s.emberstack.com";

/// What stands behind a Secret that is a copy, or would be one if it existed: its source, and what
/// runs Reflector.
pub(in crate::checks) fn behind(view: &View<'_>, namespace: &str, name: &str) -> Vec<ObjectRef> {
    let copy = view.get::<Secret>(namespace, name);
    let source = copy.map(|copy| mark(&copy.metadata, "reflects"));
    let is_source = |secret: &&Secret| {
        let meta = &secret.metadata;
        let copied = mark(meta, "reflection-auto-enabled") == "true";
        match source {
            Some(source) => source == format!("{}/{}", meta.namespace, meta.name),
            None => copied && meta.name == name,
        }
    };
    let vanished = match source.and_then(|source| source.split_once('/')) {
        Some((namespace, name)) if view.get::<Secret>(namespace, name).is_none() => {
            vec![Kind::Secret.object(namespace, name)]
        }
        Some(_) => Vec::new(),
        None => vanished(view, namespace, name),
    };
    let sources = view.all::<Secret>().iter().filter(is_source);
    let deployments = view.all::<Deployment>().iter().filter(|deployment| {
        let mut containers = deployment.spec.template.spec.containers.iter();
        containers.any(|container| container.image.contains("kubernetes-reflector"))
    });
    let mut all: Vec<ObjectRef> = sources.map(Fact::reference).collect();
    all.extend(vanished);
    if !all.is_empty() {
        all.extend(deployments.map(Fact::reference));
    }
    all
}

/// The Secrets of a name that Flux has applied in other namespaces and that are not there any more:
/// what is missing may have been a copy of one.
pub(in crate::checks) fn vanished(view: &View<'_>, namespace: &str, name: &str) -> Vec<ObjectRef> {
    let applied = view.all::<Kustomization>().iter();
    let secrets =
        applied.flat_map(|one| inventory::called(&one.status.inventory, Kind::Secret, name));
    secrets
        .filter(|object| object.namespace() != namespace)
        .filter(|object| view.get::<Secret>(object.namespace(), name).is_none())
        .collect()
}

/// What Reflector is told or tells in an annotation.
pub(in crate::checks) fn mark<'a>(meta: &'a Meta, name: &str) -> &'a str {
    meta.annotation(&format!("{PREFIX}/{name}"))
}

/// Whether Reflector is to copy a Secret to other namespaces.
pub(super) fn is_mirrored(meta: &Meta) -> bool {
    let mut keys = meta.annotations.0.keys();
    keys.any(|key| {
        let name = key.strip_prefix(PREFIX);
        name.is_some_and(|name| name.starts_with("/reflection-"))
    })
}

/// The source of a copy, where that has changed since the copy was made.
pub(in crate::checks) fn newer_source<'a>(view: &View<'a>, copy: &Meta) -> Option<&'a Meta> {
    let source = source(view, copy).filter(|source| !is_copied(source, copy))?;
    Some(&source.metadata)
}

/// The source of a copy that is still the same.
pub(in crate::checks::evidence) fn same_source<'a>(
    view: &View<'a>,
    copy: &Meta,
) -> Option<&'a Secret> {
    source(view, copy).filter(|source| is_copied(source, copy))
}

fn source<'a>(view: &View<'a>, copy: &Meta) -> Option<&'a Secret> {
    let (namespace, name) = mark(copy, "reflects").split_once('/')?;
    view.get::<Secret>(namespace, name)
}

/// Whether a copy is of what its source is now. One that does not tell is taken to be.
fn is_copied(source: &Secret, copy: &Meta) -> bool {
    let copied = mark(copy, "reflected-version");
    copied.is_empty() || copied == source.metadata.resource_version
}

/// The namespaces that copies are made in unasked, as far as they are named; patterns are not.
pub(in crate::checks) fn named_targets(meta: &Meta) -> impl Iterator<Item = &str> {
    let is_auto = mark(meta, "reflection-allowed") == "true"
        && mark(meta, "reflection-auto-enabled") == "true";
    let names = mark(meta, "reflection-auto-namespaces").split(',');
    let names = names.map(str::trim).filter(|name| !name.is_empty());
    names.filter(move |name| is_auto && is_plain(name))
}

/// Names are patterns: what is no plain name may match anything.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Where a Secret is copied to unasked.
pub(in crate::checks) struct Targets<'a>(Vec<&'a str>);

/// Where Reflector copies a Secret to by itself; nothing where it is not meant to, or may do so everywhere.
pub(in crate::checks) fn targets(meta: &Meta) -> Option<Targets<'_>> {
    let mark = |name: &str| mark(meta, name);
    let is_meant = meta
        .annotations
        .0
        .keys()
        .any(|key| key.starts_with(&format!("{PREFIX}/reflection-")));
    let is_auto = mark("reflection-allowed") == "true" && mark("reflection-auto-enabled") == "true";
    if is_meant && !is_auto {
        return Some(Targets(Vec::new()));
    }
    let lists = [
        "reflection-auto-namespaces",
        "reflection-allowed-namespaces",
    ]
    .map(mark);
    let named = lists
        .into_iter()
        .find(|list| !list.trim().is_empty())
        .filter(|_| is_auto)?;
    Some(Targets(named.split(',').map(str::trim).collect()))
}

impl Targets<'_> {
    /// Whether a namespace is one of them. What is a pattern may mean any.
    pub(in crate::checks) fn include(&self, namespace: &str) -> bool {
        self.0
            .iter()
            .any(|name| *name == namespace || !is_plain(name))
    }

    /// In words.
    pub(in crate::checks) fn named(&self) -> String {
        match self.0.as_slice() {
            [] => "no namespace by itself".to_owned(),
            names => names.join(", "),
        }
    }
}

/// Why Reflector does not copy a Secret of this name to the namespace of one that is missing: the
/// Secret that it would copy, and what that says.
pub(in crate::checks) fn refusal(
    view: &View<'_>,
    missing: &ObjectRef,
) -> Option<(ObjectRef, String)> {
    let namespace = missing.namespace();
    let mut others = view.all::<Secret>().iter().filter(|secret| {
        let meta = &secret.metadata;
        meta.name == missing.name && meta.namespace != namespace
    });
    others.find_map(|secret| {
        let mark = |field: &str| mark(&secret.metadata, field);
        let fields = [
            ("reflection-allowed", "reflection-allowed-namespaces"),
            ("reflection-auto-enabled", "reflection-auto-namespaces"),
        ];
        if fields.iter().all(|(switch, _)| mark(switch).is_empty()) {
            return None;
        }
        let why = fields.iter().find_map(|(switch, names)| {
            if mark(switch) != "true" {
                return Some(format!("its {switch} is not true"));
            }
            let is_named = mark(names).is_empty()
                || mark(names).split(',').any(|one| may_match(one, namespace));
            (!is_named).then(|| format!("its {names} does not name {namespace}"))
        })?;
        let source = secret.reference();
        Some((
            source.clone(),
            format!("; Reflector does not copy {source}: {why}"),
        ))
    })
}

fn may_match(pattern: &str, namespace: &str) -> bool {
    let pattern = pattern.trim();
    pattern == namespace || !is_plain(pattern)
}
