//! network/webhook-unreachable: The API server cannot call a webhook.
//!
//! Every change that the webhook is to judge, or every object that it is to convert, is refused: its
//! Service does not exist, or nothing answers behind it. What was applied before stays.
//!
//! Bring back what serves the webhook. What was removed for good may have left its
//! ValidatingWebhookConfiguration or MutatingWebhookConfiguration behind: delete that.

use std::collections::BTreeMap;

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::services::{gone, selection, users};
use crate::checks::evidence::trust;
use crate::checks::evidence::webhook::{self, Refused};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::Application),
    live(Kind::Deployment),
    live(Kind::StatefulSet),
    live(Kind::DaemonSet),
    declared(Kind::Service).lookup(),
    declared(Kind::Custom).hint(),
    live(Kind::ReplicaSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::Event).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut services: BTreeMap<_, Vec<Refused<'_>>> = BTreeMap::new();
    let all = webhook::refused(view).into_iter();
    for refused in all.chain(webhook::refused_pods(view)) {
        // Whom the API server reaches and does not trust: network/webhook-untrusted.
        if trust::doubt(refused.why).is_none() {
            services
                .entry(refused.service.clone())
                .or_default()
                .push(refused);
        }
    }
    let makers = selection::makers(view);
    for (object, refused) in services {
        let (namespace, name) = (object.namespace().to_owned(), object.name.clone());
        let all: Vec<_> = refused.iter().map(|one| one.by.clone()).collect();
        let why = refused.first().map_or("", |one| one.why);
        let told = format!(
            "the API server cannot call this webhook: {why}; {} is refused",
            users::listed(&all)
        );
        let finding = found.missing(Level::Error, object, told);
        if let Some(service) = view.get::<Service>(&namespace, &name) {
            finding.place = service.metadata.place.clone();
            let own = makers.iter().filter(|maker| maker.is_selected_by(service));
            finding.suspect(own.map(|maker| maker.object.clone()));
            finding.suspect(gone::candidates(service));
        }
        finding.remedy(command!(
            "kubectl -n {} get service,endpointslices,pods",
            namespace
        ));
    }
}
