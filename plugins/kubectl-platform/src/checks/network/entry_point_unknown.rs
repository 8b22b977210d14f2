//! network/entry-point-unknown: A route names an entry point that Traefik does not have.
//!
//! Traefik does not serve the route there. Entry points are part of Traefik's static
//! configuration: `ports` in the Helm chart's values, `--entrypoints.NAME.address` as an argument.
//!
//! Add the entry point there (on k3s with a HelmChartConfig), or correct the route.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::{entry_points, traefik};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Ingress),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    let Some(known) = traefik::names_in(&traefiks, "--entrypoints.") else {
        return;
    };
    for (from, meta, names) in entry_points::asked(view) {
        let unknown: Vec<_> = names
            .iter()
            .filter(|name| !known.contains(&name.to_ascii_lowercase()))
            .copied()
            .collect();
        if unknown.is_empty() {
            continue;
        }
        // It is still served on those that exist.
        let level = Level::error_if(unknown.len() == names.len());
        let has: Vec<_> = known.iter().map(String::as_str).collect();
        let told = format!(
            "names the entry point {}, which Traefik ({}) does not have: it has {}",
            unknown.join(", "),
            traefik::named(&traefiks),
            has.join(", ")
        );
        let finding = found.about_read(level, from, meta, told);
        finding.suspect(traefik::installers(view, &traefiks));
    }
}
