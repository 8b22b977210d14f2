//! What an Ingress claims: a host and a path a rule.

use shared::facts::kinds::ingress::Ingress;
use shared::facts::{Fact, View};

use super::{Claim, Way, key, names, place};
use crate::checks::evidence::routes;

pub(super) fn claims<'a>(view: &View<'_>, ingress: &'a Ingress) -> Vec<Claim<'a>> {
    let meta = &ingress.metadata;
    let is_traefik = routes::controller_of(view, ingress).starts_with("traefik.io/");
    let annotation =
        |name: &str| meta.annotation(&format!("traefik.ingress.kubernetes.io/router.{name}"));
    let way = if is_traefik {
        Way::Traefik {
            protocol: "http",
            class: String::new(),
            entry_points: names(annotation("entrypoints").split(',')),
            tls: !ingress.spec.tls.is_empty() || annotation("tls") == "true",
        }
    } else {
        Way::Ingress(routes::class_of(ingress).to_owned())
    };
    let mut all = Vec::new();
    for rule in &ingress.spec.rules {
        for path in rule.http.iter().flat_map(|http| &http.paths) {
            let matcher = if path.path_type == "Exact" {
                "Path"
            } else {
                "PathPrefix"
            };
            let service = path.backend.service.as_ref();
            let to = service.map(|to| place(meta, "", "", &to.name));
            all.push(Claim {
                object: ingress.reference(),
                meta,
                what: format!("{}{}", rule.host, path.path),
                way: way.clone(),
                key: key(&rule.host, matcher, &path.path),
                priority: annotation("priority").parse().unwrap_or_default(),
                backends: to.into_iter().collect(),
            });
        }
    }
    all.retain(|claim| !claim.what.starts_with('/') && !claim.what.is_empty());
    all
}
