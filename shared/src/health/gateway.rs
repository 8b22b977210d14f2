//! The Gateway API.
//! See <https://gateway-api.sigs.k8s.io/geps/gep-1364/>.

use jiff::Timestamp;

use super::conditions::{because, first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::gateway::{
    Gateway, GatewayClass, GatewayRouteFields, GrpcRoute, HttpRoute, TcpRoute, TlsRoute,
};
use crate::facts::meta::{Condition, Meta, condition};

/// What a controller says of an object, or of one of its listeners or parents.
/// Nothing where it says that all is well.
fn told(meta: &Meta, conditions: &[Condition]) -> Option<Health> {
    let wrong = ["ResolvedRefs", "Accepted"]
        .iter()
        .filter_map(|name| condition(conditions, name))
        .find(|c| c.is_false())
        .or_else(|| {
            ["Conflicted", "PartiallyInvalid"]
                .iter()
                .filter_map(|name| condition(conditions, name))
                .find(|c| c.is_true())
        });
    if let Some(wrong) = wrong {
        return Some(because(Status::Failed, wrong));
    }
    let known = ["Accepted", "Programmed", "ResolvedRefs"];
    let mut known = known.iter().filter_map(|name| condition(conditions, name));
    known
        .find(|c| {
            let is_old = c.observed_generation != 0 && c.observed_generation < meta.generation;
            !c.is_true() || is_old
        })
        .map(|going| because(Status::InProgress, going))
}

impl Assess for GatewayClass {
    fn health(&self, _: Timestamp) -> Health {
        let conditions = &self.status.conditions;
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        if conditions.is_empty() {
            return no_status(&self.metadata);
        }
        told(&self.metadata, conditions).unwrap_or_else(Health::current)
    }
}

impl Assess for Gateway {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        if status.conditions.is_empty() {
            return no_status(&self.metadata);
        }
        let listeners = status.listeners.iter().filter_map(|listener| {
            let mut health = told(&self.metadata, &listener.conditions)?;
            health.message = format!("listener {}: {}", listener.name, health.message);
            Some(health)
        });
        worst(
            told(&self.metadata, &status.conditions)
                .into_iter()
                .chain(listeners),
        )
    }
}

/// What failed before what is on its way.
pub(super) fn worst(all: impl Iterator<Item = Health>) -> Health {
    all.reduce(|a, b| if b.status > a.status { b } else { a })
        .unwrap_or_else(Health::current)
}

/// What the parents of a route, or the ancestors of a policy, say of it.
pub(super) fn attached<'a>(
    meta: &Meta,
    parents: impl Iterator<Item = (&'a str, &'a [Condition])>,
) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    let mut parents = parents.peekable();
    if parents.peek().is_none() {
        return no_status(meta);
    }
    worst(parents.filter_map(|(name, conditions)| {
        if conditions.is_empty() {
            return Some(no_status(meta));
        }
        let mut health = told(meta, conditions)?;
        health.message = format!("{name}: {}", health.message);
        Some(health)
    }))
}

fn route(route: &GatewayRouteFields) -> Health {
    let parents = route.status.parents.iter();
    attached(
        &route.metadata,
        parents.map(|parent| {
            (
                parent.parent_ref.name.as_str(),
                parent.conditions.as_slice(),
            )
        }),
    )
}

macro_rules! routes {
    ($($kind:ty),*) => {$(
        impl Assess for $kind {
            fn health(&self, _: Timestamp) -> Health { route(self) }
        }
    )*};
}
routes!(HttpRoute, GrpcRoute, TlsRoute, TcpRoute);
