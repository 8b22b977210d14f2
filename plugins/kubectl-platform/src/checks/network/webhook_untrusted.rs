//! network/webhook-untrusted: The API server does not trust a webhook's certificate.
//!
//! Every change that the webhook is to judge is refused, and so nothing of that kind can be
//! applied. The webhook's certificate has expired, or its authority is not the one that its
//! configuration names (with cert-manager, cainjector writes it there).
//!
//! Restart what serves the webhook: most make a new certificate when they start. See that
//! cainjector runs.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::cert_manager::Part;
use crate::checks::evidence::{selection, webhook};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    declared(Kind::Service).lookup(),
    declared(Kind::Custom).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
    declared(Kind::DaemonSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    for refused in webhook::refused(view) {
        let (namespace, name) = (refused.service.namespace(), &refused.service.name);
        let Some((_, why)) = refused.why.split_once("x509: ") else {
            continue;
        };
        let Some(service) = view.get::<Service>(namespace, name) else {
            continue;
        };
        let own = makers.iter().filter(|maker| maker.is_selected_by(service));
        let injectors = view.all::<Deployment>().iter();
        let injectors = injectors.filter(|one| Part::of(one) == Some(Part::CaInjector));
        found
            .error(
                service,
                format!("the API server does not trust this webhook: {why}"),
            )
            .suspect(own.map(|maker| maker.object.clone()))
            .suspect(injectors.map(Fact::reference));
    }
}
