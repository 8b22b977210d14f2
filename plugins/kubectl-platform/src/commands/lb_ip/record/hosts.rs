//! The hosts of all routes, and the addresses at which each is served.

use std::collections::BTreeSet;

use shared::facts::kinds::gateway::{Gateway, GatewayRouteFields};
use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::service::Service;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::super::address;
use crate::checks::evidence::routes::{self, claims, rule};

/// A host of one route.
pub(super) struct Host {
    pub(super) name: String,
    pub(super) addresses: Vec<String>,
    pub(super) by: ObjectRef,
}

/// The hosts of all routes, and what was written as one and can be none.
#[derive(Default)]
pub(super) struct Hosts {
    pub(super) all: Vec<Host>,
    pub(super) refused: Vec<(String, ObjectRef)>,
}

/// All hosts. Those of Ingresses and of Traefik's routes are at `default`, unless an Ingress says
/// otherwise; those of gateway routes are at their gateways'.
pub(super) fn all(view: &View<'_>, default: &[String]) -> Hosts {
    let mut all = Hosts::default();
    for service in view.all::<Service>() {
        let names = asked(&service.metadata);
        add(
            &mut all,
            names,
            &address::of_service(service),
            &service.reference(),
        );
    }
    for ingress in view.all::<Ingress>() {
        // cert-manager's solvers pass, and their hosts are others' too.
        if !ingress
            .metadata
            .label("acme.cert-manager.io/http01-solver")
            .is_empty()
        {
            continue;
        }
        let mut names = asked(&ingress.metadata);
        names.extend(ingress.spec.rules.iter().map(|rule| rule.host.clone()));
        let own = address::given(&ingress.status.load_balancer);
        let addresses = if own.is_empty() { default } else { &own };
        add(&mut all, names, addresses, &ingress.reference());
    }
    for (object, route) in routes::of_traefik(view) {
        let mut names = asked(&route.metadata);
        names.extend(
            route
                .spec
                .routes
                .iter()
                .flat_map(|one| rule::hosts(&one.r#match)),
        );
        add(&mut all, names, default, &object);
    }
    for (object, route) in routes::of_gateways(view) {
        let parents: Vec<_> = parents(view, route).collect();
        let addresses: Vec<_> = parents
            .iter()
            .flat_map(|one| address::of_gateway(one))
            .collect();
        let mut names = asked(&route.metadata);
        names.extend(route.spec.hostnames.iter().cloned());
        if names.is_empty() {
            let listeners = parents.iter().flat_map(|gateway| &gateway.spec.listeners);
            names.extend(listeners.map(|listener| listener.hostname.clone()));
        }
        add(&mut all, names, &addresses, &object);
    }
    all
}

fn add(hosts: &mut Hosts, names: BTreeSet<String>, addresses: &[String], by: &ObjectRef) {
    // Of a rule without a host there is nothing to say.
    for written in names.into_iter().filter(|name| !name.is_empty()) {
        let name = written.strip_suffix('.').unwrap_or(&written);
        let name = name.to_ascii_lowercase();
        if !is_name(&name) {
            hosts.refused.push((written, by.clone()));
            continue;
        }
        hosts.all.push(Host {
            name,
            addresses: addresses.to_vec(),
            by: by.clone(),
        });
    }
}

/// Whether a record can have this name, which may begin with `*.`: anybody writes the host of a route, and a line of a
/// zone holds what it is given.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let labels = name.strip_prefix("*.").unwrap_or(name);
    name.len() <= 253 && labels.split('.').all(is_label)
}

/// The hosts that an object asks external-dns for.
fn asked(meta: &Meta) -> BTreeSet<String> {
    let names = meta
        .annotation("external-dns.alpha.kubernetes.io/hostname")
        .split(',');
    names.map(|name| name.trim().to_owned()).collect()
}

fn parents<'a>(view: &View<'a>, route: &GatewayRouteFields) -> impl Iterator<Item = &'a Gateway> {
    let parents = route.spec.parent_refs.iter().filter_map(|parent| {
        let object = claims::parent_gateway(parent, &route.metadata);
        view.get::<Gateway>(object.namespace(), &object.name)
    });
    parents.collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn only_names_of_the_dns_get_into_a_zone() {
        for good in [
            "auth.almckay.io",
            "*.almckay.io",
            "_acme-challenge.almckay.io",
            "localhost",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            "*",
            "*.",
            "a..almckay.io",
            "almckay.io..",
            "www.almckay.io. in a 203.0.113.66 ;",
            "$include /etc/passwd ;",
            "x y",
            "auth.*.almckay.io",
            &"a".repeat(64),
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
