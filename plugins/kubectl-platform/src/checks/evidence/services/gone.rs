//! The workload that a Service asks for and that is not there: what it was called.
//!
//! A check that uses this hints at `PersistentVolumeClaim` and `Custom`.

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::service::Service;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

use super::selection::Maker;
use crate::checks::evidence::flux::applied;
use crate::checks::evidence::operator;

/// The kinds of what runs for ever.
const KINDS: [Kind; 3] = [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

/// Pods that answer the cluster's DNS bear this label; what makes them is called otherwise.
const DNS: (&str, &str) = ("kube-dns", "coredns");

/// What may have been behind a Service, by its names: suspects all.
pub(in crate::checks) fn candidates(service: &Service) -> Vec<ObjectRef> {
    let meta = &service.metadata;
    let mut names = values(service);
    if names.contains(&DNS.0) {
        names.push(DNS.1);
    }
    names.push(&meta.name);
    names.sort_unstable();
    names.dedup();
    let of_kinds = |name: &&str| KINDS.map(|kind| kind.object(&meta.namespace, name));
    names.iter().flat_map(of_kinds).collect()
}

/// What was behind a Service, where both are called alike and nothing of the name is there: nobody
/// keeps a list of what Helm, or a person, installed.
pub(in crate::checks) fn workload(
    view: &View<'_>,
    makers: &[Maker<'_>],
    service: &Service,
) -> Option<ObjectRef> {
    let meta = &service.metadata;
    let (namespace, name) = (meta.namespace.as_str(), meta.name.as_str());
    let asked = values(service);
    // Only a StatefulSet leaves claims behind, one a pod.
    let had_claims = |name: &str| {
        let claim = format!("-{name}-0");
        let claims = view.all::<PersistentVolumeClaim>().iter();
        let mut claims = claims.map(|claim| &claim.metadata);
        claims.any(|one| one.namespace == namespace && one.name.ends_with(&claim))
    };
    // An operator names its Services freely; the value of its pods' label is the workload's name.
    if !meta.owner_references.is_empty() {
        let set = asked.into_iter().find(|name| had_claims(name))?;
        return Some(Kind::StatefulSet.object(namespace, set));
    }
    let is_made_of = |value: &&str| {
        let rest = name.strip_prefix(*value);
        let rest = rest.and_then(|rest| rest.strip_prefix('-'));
        **value == *name || rest.is_some_and(|rest| asked.contains(&rest))
    };
    // A chart calls the one thing that it runs after the release: `cnpg-webhook-service` asks for the
    // pods of `cloudnative-pg`.
    let release = meta.annotation("meta.helm.sh/release-name");
    let name = if !asked.iter().any(is_made_of) && asked.contains(&release) {
        release
    } else {
        name
    };
    let mut workloads = makers.iter().map(|maker| maker.meta);
    // Of the kinds beside Kubernetes' own some make pods themselves: an Argo Rollout.
    let customs = view.all::<Custom>().iter();
    let customs = customs.filter(|custom| {
        let counts = ["replicas", "instances"];
        operator::is_foreign(&custom.api_version)
            && counts
                .iter()
                .any(|count| !custom.spec.text(count).is_empty())
    });
    let mut customs = customs.map(|custom| &custom.metadata);
    let is_there = workloads.any(|one| one.namespace == namespace && one.name == name)
        || customs.any(|one| one.namespace == namespace && one.name == name);
    // Of DNS servers cluster/dns-down tells.
    let is_known = is_there || is_of_dns(service);
    let is_called_so = name == release || asked.iter().any(is_made_of);
    if is_known || !is_called_so {
        return None;
    }
    let kind = if had_claims(name) {
        Kind::StatefulSet
    } else {
        Kind::Deployment
    };
    Some(kind.object(namespace, name))
}

/// Whether a chart installed a Service: then the chart installed what is behind it.
pub(in crate::checks) fn is_of_chart(view: &View<'_>, service: &Service) -> bool {
    let meta = &service.metadata;
    applied::release_of(view, meta).is_some()
        || !meta.annotation("meta.helm.sh/release-name").is_empty()
}

/// Whether a Service leads to the cluster's DNS, which everything needs.
pub(in crate::checks) fn is_of_dns(service: &Service) -> bool {
    values(service).contains(&DNS.0)
}

fn values(service: &Service) -> Vec<&str> {
    let values = service.spec.selector.values();
    values.map(|value| value.as_str()).collect()
}
