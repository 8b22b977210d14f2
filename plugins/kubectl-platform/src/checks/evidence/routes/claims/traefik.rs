//! What Traefik's own routes claim: what their rules say; of UDP the whole entry point.

use std::collections::BTreeSet;

use shared::facts::kinds::traefik::RouteFields;
use shared::object::ObjectRef;

use super::super::rule::{self, Alternative};
use super::{Claim, Way, canonical, names, place};

pub(super) fn claims<'a>(object: &ObjectRef, route: &'a RouteFields) -> Vec<Claim<'a>> {
    let meta = &route.metadata;
    let way = Way::Traefik {
        protocol: match &*object.kind {
            "IngressRoute" => "http",
            "IngressRouteTCP" => "tcp",
            _ => "udp",
        },
        class: match meta.annotation("kubernetes.io/ingress.class") {
            "traefik" => String::new(),
            class => class.to_owned(),
        },
        entry_points: names(route.spec.entry_points.iter().map(String::as_str)),
        tls: route.spec.tls.is_some(),
    };
    let mut all = Vec::new();
    for rule in &route.spec.routes {
        let services = rule.services.iter();
        let backends: BTreeSet<_> = services
            .map(|to| place(meta, &to.kind, &to.namespace, &to.name))
            .collect();
        let (keys, what) = if rule.r#match.is_empty() {
            let way_in = route.spec.entry_points.join(", ");
            (
                Some(vec![Alternative::new()]),
                format!("entry point {way_in}"),
            )
        } else {
            (rule::alternatives(&rule.r#match), rule.r#match.clone())
        };
        all.extend(keys.into_iter().flatten().map(|alternative| Claim {
            object: object.clone(),
            meta,
            what: what.clone(),
            way: way.clone(),
            key: canonical(&alternative),
            priority: rule.priority,
            backends: backends.clone(),
        }));
    }
    all
}
