//! network/dns-writer-not-running: external-dns does not run, and objects rely on it.
//!
//! Gateways, routes, Services or Ingresses tell external-dns by an annotation which DNS records they
//! want. Nobody writes them meanwhile: records stay as they were, and new names are never made.
//!
//! Find out why its pods do not run. Where it was scaled down, scale it up again.

use shared::facts::kinds::gateway::{Gateway, HttpRoute};
use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::controller::{self, Controller};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Service),
    live(Kind::Gateway).hint(),
    live(Kind::HttpRoute).hint(),
    live(Kind::Ingress).hint(),
    live(Kind::Deployment).lookup(),
    live(Kind::StatefulSet).lookup(),
];

const EXTERNAL_DNS: Controller = Controller {
    names: &["external-dns"],
    kind: Kind::Deployment,
    home: "external-dns",
    loss: "no DNS record is written",
    install: controller::LOOK,
};

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let is_wanted = asks::<Gateway>(view)
        || asks::<HttpRoute>(view)
        || asks::<Ingress>(view)
        || asks::<Service>(view);
    // It may run elsewhere: of one that is not here nothing is said.
    if is_wanted && !EXTERNAL_DNS.runs_in(view).is_empty() {
        EXTERNAL_DNS.look(view, found);
    }
}

fn asks<F: Fact>(view: &View<'_>) -> bool {
    const WISHES: [&str; 2] = [
        "external-dns.alpha.kubernetes.io/hostname",
        "external-dns.alpha.kubernetes.io/target",
    ];
    let wants = |one: &F| {
        WISHES
            .iter()
            .any(|wish| !one.meta().annotation(wish).is_empty())
    };
    view.all::<F>().iter().any(wants)
}
