//! What gateway routes claim: each host with each path, at each parent.

use shared::facts::kinds::gateway::{GatewayRouteFields, RouteMatch};
use shared::object::ObjectRef;

use super::{Claim, Way, key, parent_gateway, place};

pub(super) fn claims<'a>(object: &ObjectRef, route: &'a GatewayRouteFields) -> Vec<Claim<'a>> {
    let meta = &route.metadata;
    let mut all = Vec::new();
    let parents = || {
        route
            .spec
            .parent_refs
            .iter()
            .filter(|p| matches!(&*p.kind, "" | "Gateway"))
    };
    for (parent, host, rule) in parents()
        .flat_map(|parent| route.spec.hostnames.iter().map(move |host| (parent, host)))
        .flat_map(|(parent, host)| {
            route
                .spec
                .rules
                .iter()
                .map(move |rule| (parent, host, rule))
        })
    {
        let any = [RouteMatch::default()];
        let matches = if rule.matches.is_empty() {
            any.as_slice()
        } else {
            &rule.matches
        };
        for asked in matches.iter().filter(|asked| is_plain(asked)) {
            let path = asked.path.clone().unwrap_or_default();
            let matcher = if path.r#type == "Exact" {
                "Path"
            } else {
                "PathPrefix"
            };
            all.push(Claim {
                object: object.clone(),
                meta,
                what: format!("{host}{}", path.value),
                way: Way::Gateway(
                    parent_gateway(parent, meta),
                    parent.section_name.clone(),
                    parent.port,
                ),
                key: key(host, matcher, &path.value),
                priority: 0,
                backends: rule
                    .backend_refs
                    .iter()
                    .filter(|to| to.weight != Some(0))
                    .map(|to| place(meta, &to.kind, &to.namespace, &to.name))
                    .collect(),
            });
        }
    }
    all
}

/// Only a path is asked for; patterns are not compared.
fn is_plain(asked: &RouteMatch) -> bool {
    let is_pattern = asked
        .path
        .as_ref()
        .is_some_and(|path| path.r#type == "RegularExpression");
    !is_pattern && !asked.method.0 && !asked.headers.0 && !asked.query_params.0
}
