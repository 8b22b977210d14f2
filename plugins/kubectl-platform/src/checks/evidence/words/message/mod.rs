//! References out of controllers' messages: the objects that a status or an event names as unwell,
//! absent or out of reach. Checks suspect them.
//!
//! A check that uses this hints at `Kind::Service` and `Kind::Custom`.

use std::net::IpAddr;

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::object::{ObjectRef, group_of};

use super::mention::{Mention, mentions};

/// The objects that a message of `about` names, each once, in the order of the text.
pub(in crate::checks) fn suspects(
    view: &View<'_>,
    about: &ObjectRef,
    message: &str,
) -> Vec<ObjectRef> {
    let services = view.all::<Service>();
    let customs = view.all::<Custom>();
    let mut found: Vec<ObjectRef> = Vec::new();
    for mention in mentions(message) {
        let object = match mention {
            Mention::Object {
                kind,
                namespace,
                name,
            } => object(customs, about, kind, namespace, name),
            Mention::Dependency { namespace, name } => Some(ObjectRef::new(
                about.api_version.clone(),
                about.kind.clone(),
                namespace,
                name,
            )),
            Mention::Absent { resource, name } => absent(about, resource, name),
            Mention::NoKind { kind, api_version } => Some(definition(kind, api_version)),
            Mention::Resolver(address) => Some(resolver(services, address)),
            Mention::Service { namespace, name } => Some(Kind::Service.object(&namespace, &name)),
            Mention::Address(address) => with_address(services, address),
        };
        found.extend(object.filter(|object| object != about && !found.contains(object)));
    }
    found
}

/// What a message of `about` says is not there: certain causes, not just suspects.
pub(in crate::checks) fn absentees(about: &ObjectRef, message: &str) -> Vec<ObjectRef> {
    let objects = mentions(message)
        .into_iter()
        .filter_map(|mention| match mention {
            Mention::Absent { resource, name } => absent(about, resource, name),
            Mention::NoKind { kind, api_version } => Some(definition(kind, api_version)),
            _ => None,
        });
    objects.collect()
}

/// The definitions of kinds that a message says the cluster does not serve, with the versions.
pub(in crate::checks) fn unserved(message: &str) -> Vec<(ObjectRef, &str)> {
    let kinds = mentions(message)
        .into_iter()
        .filter_map(|mention| match mention {
            Mention::NoKind { kind, api_version } => {
                Some((definition(kind, api_version), api_version))
            }
            _ => None,
        });
    kinds.collect()
}

/// The namespaces that a message says are not there.
pub(in crate::checks) fn absent_namespaces(message: &str) -> Vec<ObjectRef> {
    let names = mentions(message)
        .into_iter()
        .filter_map(|mention| match mention {
            Mention::Absent {
                resource: "namespaces" | "namespace",
                name,
            } => Some(name),
            _ => None,
        });
    names.map(|name| Kind::Namespace.object("", name)).collect()
}

/// A kind by its name; kinds without a struct are found among the objects themselves.
fn object(
    customs: &[Custom],
    about: &ObjectRef,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Option<ObjectRef> {
    if let Some(known) = Kind::ALL.iter().find(|known| known.name() == kind) {
        let namespace = if namespace.is_empty() {
            about.namespace()
        } else {
            namespace
        };
        return Some(known.object(namespace, name));
    }
    let same = |custom: &&Custom| {
        let meta = custom.meta();
        meta.name == name
            && custom.kind == kind
            && (meta.namespace == namespace || namespace.is_empty())
    };
    customs.iter().find(same).map(Fact::reference)
}

/// What the API server did not find, in the namespace of the object that asked.
fn absent(about: &ObjectRef, resource: &str, name: &str) -> Option<ObjectRef> {
    let kind = Kind::ALL.iter().find(|kind| {
        !resource.is_empty()
            && (kind.plural() == resource || kind.name().eq_ignore_ascii_case(resource))
    })?;
    Some(kind.object(about.namespace(), name))
}

/// The definition of a kind. Its plural is the one we know, or as the API machinery guesses it:
/// <https://pkg.go.dev/k8s.io/apimachinery/pkg/api/meta#UnsafeGuessKindToResource>.
fn definition(kind: &str, api_version: &str) -> ObjectRef {
    let known = Kind::ALL.iter().find(|known| known.name() == kind);
    let plural = known.map_or_else(
        || {
            let lower = kind.to_ascii_lowercase();
            match lower.strip_suffix('y') {
                Some(stem) => format!("{stem}ies"),
                None if lower.ends_with('s') => format!("{lower}es"),
                None => format!("{lower}s"),
            }
        },
        |known| known.plural().to_owned(),
    );
    Kind::CustomResourceDefinition.object("", &format!("{plural}.{}", group_of(api_version)))
}

/// The Service of the resolver that gave no answer. Pods may be told another address for it (a cache
/// on each node), so that an address of no Service stands for the cluster's DNS too.
fn resolver(services: &[Service], address: IpAddr) -> ObjectRef {
    let serves_dns = |service: &&Service| {
        let selector = &service.spec.selector;
        selector.get("k8s-app").is_some_and(|app| app == "kube-dns")
    };
    with_address(services, address)
        .or_else(|| services.iter().find(serves_dns).map(Fact::reference))
        .unwrap_or_else(|| Kind::Service.object("kube-system", "kube-dns"))
}

fn with_address(services: &[Service], address: IpAddr) -> Option<ObjectRef> {
    let has_address = |service: &&Service| {
        service.spec.cluster_ip.parse() == Ok(address)
            || service
                .status
                .load_balancer
                .ingress
                .iter()
                .any(|given| given.ip.parse() == Ok(address))
    };
    services.iter().find(has_address).map(Fact::reference)
}

#[cfg(test)]
mod tests;
