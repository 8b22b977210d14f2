//! cluster/names-not-resolved: DNS answers, but cannot resolve names.
//!
//! Its pods run, and yet several names that were asked for got no answer or an error of the server:
//! mostly the servers that it forwards to cannot be reached, or its Corefile is wrong.
//!
//! Look at its log, and at `forward` in the Corefile (ConfigMap coredns in kube-system).

use std::collections::BTreeSet;

use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository,
};
use shared::facts::kinds::service::Service;
use shared::facts::meta::{Condition, condition};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::dns;
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::GitRepository),
    live(Kind::HelmRepository),
    live(Kind::OciRepository).hint(),
    live(Kind::Bucket).hint(),
    live(Kind::HelmChart).hint(),
    live(Kind::Service).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::DaemonSet).hint(),
];

/// One name alone may have a fault of its own.
const ENOUGH: usize = 2;

/// What a server's own failure looks like; that there is no such host is an answer.
const FAILURES: [&str; 4] = [
    "server misbehaving",
    "i/o timeout",
    "connection refused",
    "SERVFAIL",
];

/// Where caches of DNS on each node listen.
/// See <https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/>.
const CACHES: &str = "169.254";

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut said: Vec<&str> = Vec::new();
    said.extend(messages::<GitRepository>(view, |one| {
        &one.status.conditions
    }));
    said.extend(messages::<HelmRepository>(view, |one| {
        &one.status.conditions
    }));
    said.extend(messages::<OciRepository>(view, |one| {
        &one.status.conditions
    }));
    said.extend(messages::<Bucket>(view, |one| &one.status.conditions));
    said.extend(messages::<HelmChart>(view, |one| &one.status.conditions));
    let servers = dns::servers(view);
    for service in dns::services(view) {
        let own = view
            .get::<Service>(service.namespace(), &service.name)
            .map(|one| one.spec.cluster_ip.as_str());
        // Of the range of Services, if by an address that it had before; a cache on each node has its own.
        let is_asked = |address: &str| {
            own.is_some_and(|own| range(own) == range(address)) || range(address) == CACHES
        };
        let failed: Vec<_> = said
            .iter()
            .filter_map(|message| failed(message, is_asked))
            .collect();
        let names: BTreeSet<_> = failed.iter().map(|(name, _)| *name).collect();
        let (Some((_, why)), true) = (failed.first(), names.len() >= ENOUGH) else {
            continue;
        };
        let names: Vec<_> = names.into_iter().take(3).collect();
        let told = format!("DNS does not resolve {}: {why}", names.join(", "));
        found
            .missing(Level::Error, service, told.clone())
            .suspect(servers.iter().map(|server| server.object.clone()));
        for server in &servers {
            let (namespace, name) = (server.object.namespace(), &server.object.name);
            let kind = server.object.kind.to_lowercase();
            let finding = server.about(found, Level::Error, told.clone());
            finding.remedy(command!("kubectl -n {} logs {}/{}", namespace, kind, name));
        }
    }
}

fn messages<'a, F: Fact>(
    view: &View<'a>,
    conditions: impl Fn(&'a F) -> &'a Vec<Condition>,
) -> impl Iterator<Item = &'a str> {
    let ready = view
        .all::<F>()
        .iter()
        .filter_map(move |one| condition(conditions(one), "Ready"));
    ready
        .filter(|ready| ready.is_false())
        .map(|ready| ready.message.as_str())
}

/// The name and the failure of `lookup NAME on ADDRESS:53: FAILURE`, where the cluster's DNS was asked.
fn failed(message: &str, is_asked: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let (_, rest) = message.split_once("lookup ")?;
    let (name, rest) = rest.split_once(" on ")?;
    let (address, why) = rest.split_once(":53: ")?;
    let failure = FAILURES.iter().find(|failure| why.contains(**failure))?;
    let start = why.find(failure)?;
    is_asked(address).then(|| (name, &why[start..start + failure.len()]))
}

/// The first two numbers of an address: Services have theirs from one range.
fn range(address: &str) -> &str {
    let mut dots = address.match_indices('.').skip(1);
    dots.next().map_or(address, |(at, _)| &address[..at])
}
