//! The Gateway API.
//! See <https://gateway-api.sigs.k8s.io/geps/gep-1364/>.

use jiff::Timestamp;

use super::conditions::{because, first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::gateway::{
    Gateway, GatewayClass, GatewayRouteFields, GrpcRoute, HttpRoute, TcpRoute, TlsRoute,
};
use crate::facts::meta::{Condition, Meta, condition};

/// What a controller says of an object of that generation, or of one of its listeners or parents.
/// Nothing where it says that all is well.
fn told(generation: i64, conditions: &[Condition]) -> Option<Health> {
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
            let is_old = c.observed_generation != 0 && c.observed_generation < generation;
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
        let told = told(self.metadata.generation, conditions);
        told.map_or_else(Health::current, |told| dated(&self.metadata, told))
    }
}

impl Assess for Gateway {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if status.conditions.is_empty() {
            return first(&self.metadata, 0).unwrap_or_else(|| no_status(&self.metadata));
        }
        let listeners = status.listeners.iter();
        let listeners = listeners.map(|l| (l.name.as_str(), l.conditions.as_slice()));
        reported(&self.metadata, &status.conditions, listeners)
    }
}

/// What is said of an object as a whole, and of its listeners, of a route by its parents, or of a
/// policy by its ancestors: what failed before what is on its way.
pub(super) fn reported<'a>(
    meta: &Meta,
    conditions: &[Condition],
    parts: impl Iterator<Item = (&'a str, &'a [Condition])>,
) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    let mut parts = parts.peekable();
    if parts.peek().is_none() && conditions.is_empty() {
        return no_status(meta);
    }
    // Where the whole was judged as it is now, a part that has not changed may keep its older word.
    let is_seen = !conditions.is_empty()
        && (conditions.iter()).all(|c| c.observed_generation >= meta.generation);
    let generation = if is_seen { 0 } else { meta.generation };
    let parts = parts.filter_map(|(name, conditions)| {
        if conditions.is_empty() {
            return Some(no_status(meta));
        }
        let mut health = told(generation, conditions)?;
        health.message = format!("{name}: {}", health.message);
        Some(health)
    });
    let whole = told(meta.generation, conditions).into_iter();
    Health::worst(whole.chain(parts)).map_or_else(Health::current, |worst| dated(meta, worst))
}

/// What no controller has looked at yet has been so since the object is there.
fn dated(meta: &Meta, health: Health) -> Health {
    if health.since.0.is_none() {
        return health.since(meta.creation_timestamp);
    }
    health
}

fn route(route: &GatewayRouteFields) -> Health {
    let parents = route.status.parents.iter();
    reported(
        &route.metadata,
        &[],
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
