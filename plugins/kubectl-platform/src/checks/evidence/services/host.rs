//! What of the cluster serves a host: Services by their names, addresses and node ports, and the routes
//! that lead the host to some.
//!
//! A check that uses this needs [`hosts_and`].

use std::net::IpAddr;

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::service::Service;
use shared::facts::kinds::service_hosts::ServiceHosts;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use crate::checks::evidence::routes::{self, backends, rule};
use crate::checks::evidence::words::answer;

/// What a check needs that asks what serves a host, as hints behind what another macro lists:
/// `hosts_and!(pods_and![...])`.
macro_rules! hosts_and {
    ($list:ident![$($need:expr),* $(,)?]) => {
        crate::checks::evidence::needs::routes_and!($list![
            $($need,)*
            shared::facts::declared(shared::facts::Kind::Service).hint(),
            shared::facts::live(shared::facts::Kind::Node).hint(),
        ])
    };
}
pub(in crate::checks) use hosts_and;

/// The hosts, with their ports, that a text tells of: by URLs (a repository's, that of a registry's mirror),
/// and by addresses.
pub(in crate::checks) fn asked(words: &str) -> impl Iterator<Item = &str> {
    let after = |mark| words.split(mark).skip(1);
    let hosts = after("://").chain(after("dial tcp "));
    let is_end = |c: char| c.is_whitespace() || "/\"'?".contains(c);
    let hosts = hosts.filter_map(move |rest| rest.split(is_end).next());
    let hosts = hosts.map(|host| host.rsplit_once('@').map_or(host, |(_, host)| host));
    hosts.map(|host| host.trim_end_matches(':'))
}

/// The Services and routes by which these hosts are reached, as far as one may be why somebody is told these
/// words: who is refused was answered, and what one path of a host does not have says nothing of others.
pub(in crate::checks) fn behind<'h>(
    view: &View<'_>,
    hosts: impl Iterator<Item = &'h str>,
    words: &str,
) -> Vec<ObjectRef> {
    if answer::is_refusal(words) && !answer::is_down(words) {
        return Vec::new();
    }
    let all: Vec<_> = hosts.flat_map(|host| served_by(view, host)).collect();
    let mut services: Vec<_> = all.iter().filter(|one| one.kind == "Service").collect();
    services.sort_unstable();
    services.dedup();
    if words.contains("not found") && services.len() > 1 {
        return Vec::new();
    }
    all
}

/// The name or address of `name:port`, without the brackets of IPv6, and the port; 0 where it has none.
pub(in crate::checks) fn parts(host: &str) -> (&str, i64) {
    let is_bare = address(host).is_some();
    match host.rsplit_once(':').filter(|_| !is_bare) {
        Some((name, port)) if !name.is_empty() => (unbracketed(name), port.parse().unwrap_or(0)),
        _ => (unbracketed(host), 0),
    }
}

/// An address, in brackets or not.
pub(in crate::checks) fn address(text: &str) -> Option<IpAddr> {
    unbracketed(text).parse().ok()
}

fn unbracketed(text: &str) -> &str {
    let inner = text.strip_prefix('[');
    inner
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(text)
}

/// The Services and routes by which `name` or `name:port` is reached, from wherever.
fn served_by(view: &View<'_>, host: &str) -> Vec<ObjectRef> {
    let (name, port) = parts(host);
    let name = name.to_ascii_lowercase();
    let named = ServiceHosts::in_text(&name);
    let named = named
        .services()
        .map(|(namespace, service)| Service::KIND.object(namespace, service));
    let is_node = is_node(view, &name);
    let at = view.all::<Service>().iter().filter(|service| {
        let mut ports = service.spec.ports.iter();
        has_address(service, &name)
            || (is_node && port > 0 && ports.any(|one| one.node_port == port))
    });
    let routes = routes_of(view, &name);
    // Most hosts are served elsewhere, and a large cluster has many routes.
    let backends = (!routes.is_empty()).then(|| backends::all(view));
    let behind = backends
        .into_iter()
        .flatten()
        .filter(|backend| routes.contains(&backend.from))
        .map(|backend| backend.to);
    let services: Vec<_> = named.chain(at.map(Fact::reference)).chain(behind).collect();
    services.into_iter().chain(routes).collect()
}

fn has_address(service: &Service, name: &str) -> bool {
    let (spec, given) = (&service.spec, &service.status.load_balancer.ingress);
    let given = given.iter().flat_map(|one| [&one.ip, &one.hostname]);
    let asked = service
        .metadata
        .annotation("external-dns.alpha.kubernetes.io/hostname");
    let all = given
        .chain(&spec.external_ips)
        .chain([&spec.cluster_ip, &spec.load_balancer_ip])
        .map(String::as_str);
    all.chain(asked.split(',').map(str::trim))
        .any(|address| address == name)
}

/// Whether who asks for this asks a node: its own, or one by its address.
fn is_node(view: &View<'_>, name: &str) -> bool {
    let nodes = view.all::<Node>().iter();
    let mut addresses = nodes.flat_map(|node| &node.status.addresses);
    ["localhost", "127.0.0.1", "::1"].contains(&name) || addresses.any(|one| one.address == name)
}

fn routes_of(view: &View<'_>, host: &str) -> Vec<ObjectRef> {
    let ingresses = view.all::<Ingress>().iter();
    let ingresses = ingresses.filter(|ingress| {
        let mut rules = ingress.spec.rules.iter();
        rules.any(|rule| rule.host.eq_ignore_ascii_case(host))
    });
    let of_traefik = routes::of_traefik(view).into_iter().filter(|(_, route)| {
        let mut rules = route.spec.routes.iter();
        rules.any(|one| rule::hosts(&one.r#match).contains(host))
    });
    let of_gateways = routes::of_gateways(view).into_iter().filter(|(_, route)| {
        let mut names = route.spec.hostnames.iter();
        names.any(|name| name.eq_ignore_ascii_case(host))
    });
    ingresses
        .map(Fact::reference)
        .chain(of_traefik.map(|(route, _)| route))
        .chain(of_gateways.map(|(route, _)| route))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{asked, parts};

    #[test]
    fn names_and_ports() {
        for (host, expected) in [
            ("git.almckay.io:2222", ("git.almckay.io", 2222)),
            ("git.almckay.io", ("git.almckay.io", 0)),
            ("10.43.9.9:5000", ("10.43.9.9", 5000)),
            ("[fd00::10]:5000", ("fd00::10", 5000)),
            ("[fd00::10]", ("fd00::10", 0)),
            ("fd00::10", ("fd00::10", 0)),
        ] {
            assert_eq!(parts(host), expected, "{host}");
        }
    }

    #[test]
    fn hosts_that_were_asked() {
        let words = "failed: Head \"https://registry.almckay.io/v2/a/manifests/1\": dial tcp 10.43.9.9:5000: \
                     connect: connection refused (from ssh://git@git.almckay.io:2222/almckay/platform)";
        let asked: Vec<_> = asked(words).collect();
        assert_eq!(
            asked,
            [
                "registry.almckay.io",
                "git.almckay.io:2222",
                "10.43.9.9:5000"
            ]
        );
    }
}
