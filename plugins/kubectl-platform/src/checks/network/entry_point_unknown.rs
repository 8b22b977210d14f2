//! network/entry-point-unknown: A route names an entry point that Traefik does not have.
//!
//! Traefik does not serve the route there. Entry points are part of Traefik's static
//! configuration: `ports` in the Helm chart's values, `--entrypoints.NAME.address` as an argument.
//!
//! Add the entry point there (on k3s with a HelmChartConfig), or correct the route.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::routes::{entry_points, in_vain, traefik};

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
    let asked = entry_points::asked(view);
    let unknown = in_vain::at_traefik(&traefiks, &known, asked, ("names", "entry point"));
    unknown.tell(found, &traefik::installers(view, &traefiks));
}
