//! cluster/names-not-resolved: DNS answers, but cannot resolve names.
//!
//! Its pods run, and yet several names that were asked for got no answer or an error of the server:
//! mostly the servers that it forwards to cannot be reached, or its Corefile is wrong. Or programs do
//! not find Services that are there: then its zone is not this cluster's, or it is asked elsewhere.
//!
//! Look at its log, and at `forward` in the Corefile (ConfigMap coredns in kube-system).

use std::cell::LazyCell;

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::flux::sources;
use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::policies;
use crate::checks::evidence::services::{dns, unresolved};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::GitRepository).lookup(),
    live(Kind::HelmRepository).lookup(),
    live(Kind::OciRepository).hint(),
    live(Kind::Bucket).hint(),
    live(Kind::HelmChart).hint(),
    live(Kind::Service),
    live(Kind::Node).hint(),
    declared(Kind::NetworkPolicy).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let servers = dns::servers(view);
    let said = sources::complaints(view);
    let by_programs = LazyCell::new(|| unresolved::by_programs(view));
    for service in dns::services(view) {
        let by_sources = unresolved::by_sources(view, &said, &service);
        let Some(names) = by_sources.or_else(|| by_programs.clone()) else {
            continue;
        };
        let told = format!("DNS does not resolve {names}");
        found
            .missing(Level::Error, service, told.clone())
            .suspect(servers.iter().map(|server| server.object.clone()));
        for server in &servers {
            let finding = server.about(found, Level::Error, told.clone());
            // One may keep those that ask away.
            finding.suspect(policies::near(view, |_| true));
            finding.remedy(remedy::logs(&server.object));
        }
    }
}
