//! network/needed-but-scaled-to-zero: A workload was told to run no pods, and something needs it.
//!
//! The workload is as it is meant to be, but a route leads to its Service, or another workload
//! names it. If that one does not run either, this may be why.
//!
//! Scale it up, or take away what needs it.

use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::endpoints::{self, Behind};
use crate::checks::evidence::selection;
use crate::checks::evidence::users::{self, Users, users_and};
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = users_and![
    live(Kind::Service),
    live(Kind::EndpointSlice).lookup(),
    live(Kind::Pod).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let all_users = Users::of(view);
    for service in view.all::<Service>() {
        let Behind::ScaledToZero(idle) = endpoints::look(view, &makers, service) else {
            continue;
        };
        let users = all_users.needing(&makers, service);
        if users.is_empty() {
            continue;
        }
        let naming = users::naming(&makers, service);
        let level = if naming.into_iter().any(users::is_unwell) {
            Level::Error
        } else {
            Level::Warning
        };
        let listed = users::listed(&users);
        let objects: Vec<_> = idle.iter().map(|maker| maker.object.clone()).collect();
        let told = format!("has nothing behind it: {} is scaled to 0", users::listed(&objects));
        let finding = found.about(level, service, format!("{told}; {listed} needs it"));
        finding.blames.extend(objects);
        for maker in idle {
            let meta = maker.meta;
            let told = format!("is scaled to 0, but {listed} needs {}", service.reference());
            let finding = found.missing(level, maker.object.clone(), told);
            finding.place = meta.place.clone();
            finding.remedy = Some(command!("kubectl scale {} {} -n {} --replicas 1", maker.object.kind.to_lowercase(), meta.name, meta.namespace));
        }
    }
}
