//! network/webhook-untrusted: The API server does not trust a webhook's certificate.
//!
//! Every change that the webhook is to judge, or every object that it is to convert, is refused, and so
//! nothing of that kind can be applied. The webhook's certificate has expired, or its authority is not
//! the one that its ValidatingWebhookConfiguration, MutatingWebhookConfiguration or
//! CustomResourceDefinition names in `caBundle` (with cert-manager, cainjector writes it there).
//!
//! Restart what serves the webhook: most make a new certificate when they start, and write its authority
//! where it belongs. Where cainjector does that, see that it runs, and restart it.

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::trust::{self, Trust};
use crate::checks::evidence::webhook;

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::Application),
    live(Kind::Deployment),
    live(Kind::StatefulSet),
    declared(Kind::Service).lookup(),
    declared(Kind::MutatingWebhookConfiguration).hint(),
    declared(Kind::ValidatingWebhookConfiguration).hint(),
    declared(Kind::CustomResourceDefinition).hint(),
    declared(Kind::Custom).hint(),
    live(Kind::Event).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut said: Vec<(ObjectRef, ObjectRef)> = Vec::new();
    let mut all = webhook::refused(view);
    all.extend(webhook::refused_pods(view));
    for refused in all {
        let Some(doubt) = trust::doubt(refused.why) else {
            continue;
        };
        let service = refused.service.clone();
        let read = view.get::<Service>(service.namespace(), &service.name);
        let own = read.map(|read| (service.clone(), &read.metadata));
        let told_by = refused.told_by(view).or(own);
        let is_new = |object: &ObjectRef| said.iter().all(|(known, _)| known != object);
        let Some((object, meta)) = told_by.filter(|(object, _)| is_new(object)) else {
            continue;
        };
        let told = format!("the API server does not trust {service}, its webhook: {doubt}");
        let trust = Trust::of(view, (&object, meta), &service, doubt);
        if let Some(missing) = &trust.missing {
            found.missing(Level::Error, missing.clone(), trust::not_installed());
        }
        let finding = found.about_read(Level::Error, object.clone(), meta, told);
        finding.blames.extend(trust.missing);
        finding.suspect(trust.keepers).remedy(trust.remedy);
        let alike = said.iter().filter(|(_, called)| *called == service);
        finding.suspect(alike.map(|(known, _)| known.clone()));
        // Who is refused only knows the Service.
        if object != service {
            let told = format!("{object} does not trust it");
            let known = found.missing(Level::Error, service.clone(), told);
            known.blame(object.clone());
        }
        said.push((object, service));
    }
}
