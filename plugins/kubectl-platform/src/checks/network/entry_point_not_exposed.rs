//! network/entry-point-not-exposed: Traefik listens on an entry point that its Service does not lead to.
//!
//! A route uses the entry point, but no port of the Services in front of Traefik leads there, so that
//! nobody outside reaches it.
//!
//! Expose the port: `ports.NAME.expose.default: true` in the Helm chart's values (on k3s in a
//! HelmChartConfig).

use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::remedy::command;
use crate::checks::evidence::{entry_points, remedy, selection, traefik};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Service).lookup(),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
    live(Kind::StatefulSet).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    let [traefik] = traefiks.as_slice() else {
        return;
    };
    let makers = selection::makers(view);
    let Some(maker) = makers.iter().find(|maker| maker.object == traefik.object) else {
        return;
    };
    let published = traefik
        .published()
        .filter(|_| !maker.template.spec.host_network);
    if let Some((namespace, name)) = published
        && view.knows::<Service>()
        && view.get::<Service>(namespace, name).is_none()
    {
        let told = format!(
            "Service {name} does not exist, by which {} is to be reached",
            traefik.object
        );
        let installers = traefik::installers(view, &traefiks);
        let finding = found.missing(Level::Error, Kind::Service.object(namespace, name), told);
        finding
            .made_by(installers)
            .remedy(command!("kubectl -n {} get services", namespace));
    }
    let fronts = || {
        view.all::<Service>()
            .iter()
            .filter(|service| maker.is_selected_by(service))
    };
    let Some(front) = fronts().find(|front| entry_points::is_open(front)) else {
        return;
    };
    for (name, users) in entry_points::users(view) {
        // Its own pages and metrics are for the inside.
        let is_inner = ["traefik", "metrics", "ping"].contains(&name.as_str());
        let Some(port) = traefik.port_of(&name).filter(|_| !is_inner) else {
            continue;
        };
        let containers = maker.template.spec.containers.iter();
        let own: Vec<_> = containers
            .flat_map(|c| &c.ports)
            .filter(|own| own.container_port == port)
            .collect();
        let is_on_node =
            maker.template.spec.host_network || own.iter().any(|own| own.host_port > 0);
        if !is_on_node && !fronts().any(|front| entry_points::leads(front, port, &own)) {
            let listed: Vec<_> = users.iter().map(ToString::to_string).collect();
            let told = format!(
                "has no port for the entry point {name} of {} (port {port}), which {} uses",
                traefik.object,
                listed.join(", ")
            );
            let installers = traefik::installers(view, &traefiks);
            found
                .error(front, told)
                .suspect(installers)
                .remedy(remedy::describe(&front.reference()));
        }
    }
}
