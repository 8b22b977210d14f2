//! network/needed-but-scaled-to-zero: A workload was told to run no pods, and something needs it.
//!
//! The workload is as it is meant to be, but a route leads to its Service, or another workload
//! names it, or a load balancer leads to it from outside of the cluster. If what needs it does not run either, this
//! may be why. Without Traefik no route is served.
//!
//! Scale it up, or take away what needs it.

use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::traefik;
use crate::checks::evidence::services::endpoints::{self, Behind};
use crate::checks::evidence::services::selection;
use crate::checks::evidence::services::users::{self, Users, users_and};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = users_and![
    live(Kind::Service),
    live(Kind::EndpointSlice).lookup(),
    live(Kind::Pod).lookup(),
    declared(Kind::IngressClass).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let all_users = Users::of(view, &makers);
    for service in view.all::<Service>() {
        let Behind::ScaledToZero(idle) = endpoints::look(view, &makers, service) else {
            continue;
        };
        let objects: Vec<_> = idle.iter().map(|maker| maker.object.clone()).collect();
        let served = traefik::served_through(view, &objects);
        let is_error = !served.is_empty() || all_users.is_missed(service, &idle);
        let mut users = all_users.needing(service);
        users.extend(served);
        // Whoever is led here from outside of the cluster is not seen.
        let is_outside = service.spec.r#type == "LoadBalancer";
        if users.is_empty() && !is_error && !is_outside {
            continue;
        }
        let level = Level::error_if(is_error);
        let listed = match users::listed(&users) {
            nobody if nobody.is_empty() && !is_error => "who asks its load balancer".to_owned(),
            nobody if nobody.is_empty() => "something beside it".to_owned(),
            users => users,
        };
        let told = format!(
            "has nothing behind it: {} is scaled to 0",
            users::listed(&objects)
        );
        let finding = found.about(level, service, format!("{told}; {listed} needs it"));
        finding.blames.extend(objects);
        for maker in idle {
            let told = format!("is scaled to 0, but {listed} needs {}", service.reference());
            let finding = found.about_read(level, maker.object.clone(), maker.meta, told);
            finding.remedy(remedy::scale_up(&maker.object));
        }
    }
}
