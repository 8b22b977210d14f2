//! network/webhook-untrusted: The API server does not trust a webhook's certificate.
//!
//! Every change that the webhook is to judge is refused, and so nothing of that kind can be
//! applied. The webhook's certificate has expired, or its authority is not the one that its
//! configuration names (with cert-manager, cainjector writes it there).
//!
//! Restart what serves the webhook: most make a new certificate when they start. See that
//! cainjector runs.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::service::Service;
use shared::facts::meta::{Condition, condition};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::cert_manager::Part;
use crate::checks::evidence::{message, selection};

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
    let kustomizations = view.all::<Kustomization>().iter();
    let kustomizations = kustomizations.map(|one| (one.reference(), &one.status.conditions));
    let releases = view.all::<HelmRelease>().iter();
    let releases = releases.map(|one| (one.reference(), &one.status.conditions));
    let makers = selection::makers(view);
    for (about, conditions) in kustomizations.chain(releases) {
        let Some((service, why)) = untrusted(view, &about, conditions) else {
            continue;
        };
        let own = makers.iter().filter(|maker| maker.is_selected_by(service));
        let injectors = view.all::<Deployment>().iter();
        let injectors = injectors.filter(|one| Part::of(one) == Some(Part::CaInjector));
        found
            .error(service, format!("the API server does not trust this webhook: {why}"))
            .suspect(own.map(|maker| maker.object.clone()))
            .suspect(injectors.map(Fact::reference));
    }
}

/// The Service of the webhook that a message complains of, and the complaint.
fn untrusted<'a, 'c>(
    view: &View<'a>,
    about: &ObjectRef,
    conditions: &'c [Condition],
) -> Option<(&'a Service, &'c str)> {
    let message = &condition(conditions, "Ready")?.message;
    let (_, call) = message.split_once("failed calling webhook")?;
    let (_, why) = call.split_once("x509: ")?;
    let why = why.lines().next()?;
    let mut named = message::suspects(view, about, call).into_iter();
    let service = named.find(|object| object.kind == Kind::Service.name())?;
    Some((view.get::<Service>(service.namespace(), &service.name)?, why))
}
