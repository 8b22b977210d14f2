//! Which middlewares routes go through: those of Traefik's routes, of chains, and of Ingresses'
//! annotations.
//!
//! A check that uses this needs Ingresses, Traefik's routes, and `Kind::Middleware`.

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::traefik::Middleware;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::routes;

/// Where an Ingress names its middlewares.
const ANNOTATION: &str = "traefik.ingress.kubernetes.io/router.middlewares";

/// A middleware, who asks for it, the asking object's metadata, and the field.
type Asked<'a> = (ObjectRef, ObjectRef, &'a Meta, &'static str);

/// Each middleware that is asked for, once for each that asks. Those of other providers (`@file`)
/// are not in the cluster.
pub(in crate::checks) fn asked<'a>(view: &View<'a>) -> Vec<Asked<'a>> {
    let mut all = Vec::new();
    for (from, route) in routes::of_traefik(view) {
        let kind = if from.kind == Kind::IngressRouteTcp.name() {
            Kind::MiddlewareTcp
        } else {
            Kind::Middleware
        };
        let asked = route.spec.routes.iter().flat_map(|rule| &rule.middlewares);
        all.extend(asked.filter_map(|to| {
            let object = named(view, kind, &route.metadata, &to.namespace, &to.name)?;
            Some((
                object,
                from.clone(),
                &route.metadata,
                "spec.routes.middlewares",
            ))
        }));
    }
    for middleware in view.all::<Middleware>() {
        let chain = middleware
            .spec
            .chain
            .iter()
            .flat_map(|chain| &chain.middlewares);
        let meta = &middleware.metadata;
        all.extend(chain.filter_map(|to| {
            let object = named(view, Kind::Middleware, meta, &to.namespace, &to.name)?;
            Some((
                object,
                middleware.reference(),
                meta,
                "spec.chain.middlewares",
            ))
        }));
    }
    for ingress in view.all::<Ingress>() {
        let meta = &ingress.metadata;
        let asked = meta.annotation(ANNOTATION);
        let asked = asked
            .split(',')
            .map(str::trim)
            .filter(|name| name.contains('@'));
        all.extend(asked.filter_map(|name| {
            let object = named(view, Kind::Middleware, meta, "", name)?;
            Some((object, ingress.reference(), meta, ANNOTATION))
        }));
    }
    all.dedup_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1));
    all
}

/// The middleware that a reference means. In `NAMESPACE-NAME@kubernetescrd` it cannot be told
/// where the namespace ends: one that exists is meant, else one of the asking object's namespace.
fn named(view: &View<'_>, kind: Kind, meta: &Meta, space: &str, name: &str) -> Option<ObjectRef> {
    let Some((joined, provider)) = name.split_once('@') else {
        let namespace = if space.is_empty() {
            &meta.namespace
        } else {
            space
        };
        return (!name.is_empty()).then(|| kind.object(namespace, name));
    };
    if provider != "kubernetescrd" {
        return None;
    }
    let is_meant = |known: &Meta| {
        let rest = joined.strip_prefix(known.namespace.as_str());
        rest.and_then(|rest| rest.strip_prefix('-')) == Some(&known.name)
    };
    let mut known = view.all::<Middleware>().iter().map(Fact::meta);
    if let Some(known) = known.find(|known| is_meant(known)) {
        return Some(kind.object(&known.namespace, &known.name));
    }
    let own = joined
        .strip_prefix(meta.namespace.as_str())
        .and_then(|rest| rest.strip_prefix('-'));
    match own {
        Some(name) => Some(kind.object(&meta.namespace, name)),
        None => joined
            .split_once('-')
            .map(|(namespace, name)| kind.object(namespace, name)),
    }
}
