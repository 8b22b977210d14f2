//! Who claims which requests: host, path and way in of every route.
//!
//! A check that uses this needs [`super::routes_and`], and hints at `Kind::IngressClass`.

mod gateway;
mod ingress;
mod traefik;

use std::collections::BTreeSet;

use shared::facts::kinds::gateway::GatewayRef;
use shared::facts::kinds::ingress::Ingress;
use shared::facts::meta::Meta;
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

use super::rule::{self, Alternative};
use crate::checks::evidence::routes;

/// The way by which requests come: claims of two ways do not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// Traefik, by entry points (none named: all), told apart by class and by TLS or not.
    Traefik {
        protocol: &'static str,
        class: String,
        entry_points: BTreeSet<String>,
        tls: bool,
    },
    /// Another controller of Ingresses, by its class.
    Ingress(String),
    /// A listener of a gateway (no name: all of them).
    Gateway(ObjectRef, String, i64),
}

/// One claim.
pub(in crate::checks) struct Claim<'a> {
    /// Who claims.
    pub(in crate::checks) object: ObjectRef,
    /// The claimant's metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// What is claimed, in words: `auth.almckay.io/api`.
    pub(in crate::checks) what: String,
    way: Way,
    key: Alternative,
    /// An order that was asked for: who sets it knows of the other.
    priority: i64,
    /// Where the requests go; two that lead to the same place do no harm.
    backends: BTreeSet<String>,
}

impl Claim<'_> {
    /// Whether it cannot be told which of two objects gets the requests.
    pub(in crate::checks) fn meets(&self, other: &Self) -> bool {
        self.object != other.object
            && self.key == other.key
            && self.priority == other.priority
            && self.backends != other.backends
            && self.way.meets(&other.way)
    }
}

impl Way {
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Traefik {
                    protocol,
                    class,
                    entry_points,
                    tls,
                },
                Self::Traefik {
                    protocol: p,
                    class: c,
                    entry_points: e,
                    tls: t,
                },
            ) => {
                let anywhere = entry_points.is_empty() || e.is_empty();
                (protocol, class, tls) == (p, c, t) && (anywhere || !entry_points.is_disjoint(e))
            }
            _ => self == other,
        }
    }
}

/// All claims that can be compared. Those of cert-manager's solvers, which pass, are left out.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<Claim<'a>> {
    let mut all = Vec::new();
    for ingress in view.all::<Ingress>() {
        all.extend(ingress::claims(view, ingress));
    }
    for (object, route) in routes::of_traefik(view) {
        all.extend(traefik::claims(&object, route));
    }
    for (object, route) in routes::of_gateways(view) {
        all.extend(gateway::claims(&object, route));
    }
    all.retain(|claim| {
        claim
            .meta
            .label("acme.cert-manager.io/http01-solver")
            .is_empty()
    });
    all
}

/// The gateway that a route's parent reference names.
pub(crate) fn parent_gateway(parent: &GatewayRef, route: &Meta) -> ObjectRef {
    let namespace = route.namespace_of(&parent.namespace);
    Kind::Gateway.object(namespace, &parent.name)
}

/// Where requests go, by a reference as routes of this metadata have it.
fn place(route: &Meta, kind: &str, namespace: &str, name: &str) -> String {
    let kind = if kind.is_empty() { "Service" } else { kind };
    format!("{kind}/{}/{name}", route.namespace_of(namespace))
}

fn names<'a>(all: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    all.map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}

fn key(host: &str, matcher: &str, path: &str) -> Alternative {
    let of = |name: &str, argument: &str| rule::Matcher {
        name: name.to_owned(),
        arguments: vec![argument.to_owned()],
    };
    canonical(&[of("Host", host), of(matcher, path)].into())
}

/// The same in the form in which it is compared: hosts in lower case, and no prefix of all paths,
/// which is no condition.
fn canonical(alternative: &Alternative) -> Alternative {
    let is_root = |argument: &String| argument.is_empty() || argument == "/";
    let conditions = alternative
        .iter()
        .filter(|one| !(one.name == "PathPrefix" && one.arguments.iter().all(is_root)));
    let lower = |one: &rule::Matcher| {
        let mut one = one.clone();
        if rule::HOSTS.contains(&one.name.trim_start_matches('!')) {
            one.arguments
                .iter_mut()
                .for_each(|host| host.make_ascii_lowercase());
        }
        one
    };
    conditions.map(lower).collect()
}
