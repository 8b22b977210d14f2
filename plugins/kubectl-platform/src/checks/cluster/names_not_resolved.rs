//! cluster/names-not-resolved: DNS answers, but cannot resolve names.
//!
//! Its pods run, and yet several names that were asked for got no answer or an error of the server:
//! mostly the servers that it forwards to cannot be reached, or its Corefile is wrong.
//!
//! Look at its log, and at `forward` in the Corefile (ConfigMap coredns in kube-system).

use std::collections::BTreeSet;

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::flux::sources;
use crate::checks::evidence::policies::{self, lookup};
use crate::checks::evidence::services::dns;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::GitRepository),
    live(Kind::HelmRepository),
    live(Kind::OciRepository).hint(),
    live(Kind::Bucket).hint(),
    live(Kind::HelmChart).hint(),
    live(Kind::Service).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::DaemonSet).hint(),
    declared(Kind::NetworkPolicy).hint(),
    live(Kind::Custom).hint(),
];

/// One name alone may have a fault of its own.
const ENOUGH: usize = 2;

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let said = sources::complaints(view);
    let servers = dns::servers(view);
    for service in dns::services(view) {
        let own = view
            .get::<Service>(service.namespace(), &service.name)
            .map(|one| one.spec.cluster_ip.as_str());
        // Of the range of Services, if by an address that it had before; a cache on each node has its own.
        let is_asked = |address: &str| {
            own.is_some_and(|own| lookup::is_of_range(address, own)) || lookup::is_cache(address)
        };
        let failed: Vec<_> = said
            .iter()
            .filter_map(|message| lookup::failed(message, is_asked))
            .collect();
        let names: BTreeSet<_> = failed.iter().map(|(name, _)| *name).collect();
        let (Some((_, why)), true) = (failed.first(), names.len() >= ENOUGH) else {
            continue;
        };
        let names: Vec<_> = names.into_iter().take(3).collect();
        let told = format!("DNS does not resolve {}: {why}", names.join(", "));
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
