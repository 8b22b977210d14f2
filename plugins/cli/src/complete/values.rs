//! Values that a kubeconfig or a cluster knows; none where it cannot be asked, or not in time.

use clap_complete::CompletionCandidate;
use shared::facts::{Kind, Scope};
use shared::kube::{self, Discovery, Resource};
use shared::source;

use super::line::{PATIENCE, connection, words};

/// The contexts of the kubeconfig.
pub fn contexts() -> Vec<CompletionCandidate> {
    candidates(kube_names().contexts)
}

/// Its clusters.
pub fn clusters() -> Vec<CompletionCandidate> {
    candidates(kube_names().clusters)
}

/// Its users.
pub fn users() -> Vec<CompletionCandidate> {
    candidates(kube_names().users)
}

/// The cluster's namespaces.
pub fn namespaces() -> Vec<CompletionCandidate> {
    let all = named(Kind::Namespace, "").into_iter();
    candidates(all.map(|one| one.name))
}

/// The names of Secrets; of their values nothing is read.
pub fn secrets() -> Vec<CompletionCandidate> {
    of_kind(Kind::Secret)
}

/// The names of Flux' Kustomizations.
pub fn kustomizations() -> Vec<CompletionCandidate> {
    of_kind(Kind::Kustomization)
}

fn of_kind(kind: Kind) -> Vec<CompletionCandidate> {
    let mut names: Vec<_> = named(kind, "").into_iter().map(|one| one.name).collect();
    names.sort();
    names.dedup();
    candidates(names)
}

/// An object's namespace, empty where it has none, and name.
pub use shared::source::Name as Named;

/// The objects of a kind, in the namespace of the line if it names one; `query` is what else to
/// ask for, beginning with `&`.
pub fn named(kind: Kind, query: &str) -> Vec<Named> {
    let namespace = words("namespace").pop();
    let namespace = namespace.filter(|_| kind.scope() == Scope::Namespaced);
    let places = |discovery: &Discovery| -> Vec<Resource> { discovery.places(kind).0 };
    source::names(&connection(), PATIENCE, namespace.as_deref(), query, places).unwrap_or_default()
}

fn kube_names() -> kube::Names {
    kube::names(connection().kubeconfig.as_deref()).unwrap_or_default()
}

fn candidates(names: impl IntoIterator<Item = String>) -> Vec<CompletionCandidate> {
    names.into_iter().map(CompletionCandidate::new).collect()
}
