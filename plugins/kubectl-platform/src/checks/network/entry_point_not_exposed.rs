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

use crate::checks::evidence::routes::{entry_points, traefik};
use crate::checks::evidence::services::selection;
use crate::checks::evidence::words::remedy::{self, command};

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
    let (by, spec) = (&traefik.object, &maker.template.spec);
    let installers = || traefik::installers(view, &traefiks);
    let published = traefik.published().filter(|_| !spec.host_network);
    let lost = published.filter(|(namespace, name)| view.lacks::<Service>(namespace, name));
    if let Some((namespace, name)) = lost {
        let told = format!("Service {name} does not exist, by which {by} is to be reached");
        let finding = found.missing(Level::Error, Kind::Service.object(namespace, name), told);
        finding
            .made_by(installers())
            .remedy(command!("kubectl -n {} get services", namespace));
    }
    let services = view.all::<Service>().iter();
    let fronts: Vec<_> = services.filter(|one| maker.is_selected_by(one)).collect();
    let Some(front) = fronts.iter().find(|front| entry_points::is_open(front)) else {
        return;
    };
    for (name, port, users) in entry_points::closed(view, traefik, spec, &fronts) {
        let told = format!(
            "has no port for the entry point {name} of {by} (port {port}), which {users} uses"
        );
        let finding = found.error(*front, told);
        finding
            .suspect(installers())
            .remedy(remedy::describe(&front.reference()));
    }
}
