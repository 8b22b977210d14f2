//! Webhooks that the API server could not call, as those say whose changes it refused.
//!
//! A check that uses this hints at `Kustomization`, `HelmRelease`, `Application`, `Deployment`,
//! `Service` and `Custom`.

use std::collections::BTreeMap;
use std::ops::Deref;

use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::argo::Application;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::service::Service;
use shared::facts::kinds::webhook::{
    MutatingWebhookConfiguration, ValidatingWebhookConfiguration, Webhook, WebhookFields,
};
use shared::facts::meta::{Condition, Meta, condition};
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::pods::refused as unmade;
use super::words::message;

/// A change that was refused because a webhook was not there to judge it.
pub(in crate::checks) struct Refused<'a> {
    /// What was to change.
    pub(in crate::checks) by: ObjectRef,
    /// The webhook's Service, which need not exist.
    pub(in crate::checks) service: ObjectRef,
    /// The API server's words.
    pub(in crate::checks) why: &'a str,
    /// The same with what it called: the webhook's name in quotes, or the kind to convert, and the URL.
    call: &'a str,
}

/// Every change that was refused so.
pub(in crate::checks) fn refused<'a>(view: &View<'a>) -> Vec<Refused<'a>> {
    let text = |told: &'a Condition| told.message.as_str();
    let kustomizations = view.all::<Kustomization>().iter();
    let kustomizations =
        kustomizations.map(|one| (one.reference(), condition(&one.status.conditions, "Ready")));
    let releases = view.all::<HelmRelease>().iter();
    let releases =
        releases.map(|one| (one.reference(), condition(&one.status.conditions, "Ready")));
    let pods = view.all::<Deployment>().iter();
    let pods = pods.map(|one| {
        (
            one.reference(),
            condition(&one.status.conditions, "ReplicaFailure"),
        )
    });
    let applications = view.all::<Application>().iter().flat_map(|one| {
        let last = one.status.operation_state.iter();
        let said = last.map(|last| last.message.as_str());
        let conditions = one.status.conditions.iter().map(text);
        said.chain(conditions)
            .map(|message| (one.reference(), message))
    });
    let said = kustomizations.chain(releases).chain(pods);
    let said = said.filter_map(|(by, condition)| Some((by, condition.map(text)?)));
    let said = said.chain(applications);
    said.filter_map(|(by, message)| read(view, by, message))
        .collect()
}

/// Every pod that was refused so, by what makes it, where no condition tells but an event.
///
/// A check that uses this hints at `ReplicaSet`, `StatefulSet`, `DaemonSet`, `Job` and `Event`.
pub(in crate::checks) fn refused_pods<'a>(view: &View<'a>) -> Vec<Refused<'a>> {
    let all = unmade::workloads(view).into_iter();
    let others = all.filter(|(workload, _)| workload.object.kind != Kind::Deployment.name());
    others
        .filter_map(|(workload, message)| read(view, workload.object, message))
        .collect()
}

/// A Service that does not exist and that the API server is told to call.
#[derive(Default)]
pub(in crate::checks) struct Unserved {
    /// The configurations that tell it so.
    pub(in crate::checks) by: Vec<ObjectRef>,
    /// Whether what any of its webhooks is to judge is refused meanwhile, not let through.
    pub(in crate::checks) refuses: bool,
}

/// The Services of webhooks that do not exist, where absence is a fact.
///
/// A check that uses this hints at both kinds of configurations and at `Service`.
pub(in crate::checks) fn unserved(view: &View<'_>) -> BTreeMap<ObjectRef, Unserved> {
    let mut all = BTreeMap::new();
    note_unserved::<MutatingWebhookConfiguration>(view, &mut all);
    note_unserved::<ValidatingWebhookConfiguration>(view, &mut all);
    all
}

fn note_unserved<F: Fact + Deref<Target = WebhookFields>>(
    view: &View<'_>,
    all: &mut BTreeMap<ObjectRef, Unserved>,
) {
    for one in view.all::<F>() {
        for webhook in &one.webhooks {
            let service = webhook.client_config.service.as_ref();
            let Some(service) =
                service.filter(|service| view.lacks::<Service>(&service.namespace, &service.name))
            else {
                continue;
            };
            let service = Kind::Service.object(&service.namespace, &service.name);
            let known = all.entry(service).or_default();
            known.refuses |= webhook.failure_policy != "Ignore";
            let by = one.metadata.reference();
            if !known.by.contains(&by) {
                known.by.push(by);
            }
        }
    }
}

fn read<'a>(view: &View<'a>, by: ObjectRef, message: &'a str) -> Option<Refused<'a>> {
    let (_, call) = message
        .split_once("failed calling webhook")
        .or_else(|| message.split_once("conversion webhook for"))?;
    let mut named = message::suspects(view, &by, call).into_iter();
    let service = named.find(|object| object.kind == Kind::Service.name())?;
    let why = call.split_once("\": ").map_or(call, |(_, why)| why);
    let why = why.lines().next().unwrap_or_default();
    Some(Refused {
        by,
        service,
        why,
        call,
    })
}

impl Refused<'_> {
    /// Where the API server is told of the webhook, where that was read: the configuration that has it,
    /// or the definition of the kind that it converts.
    ///
    /// A check that uses this hints at both kinds of configurations and at `CustomResourceDefinition`.
    pub(in crate::checks) fn told_by<'v>(&self, view: &View<'v>) -> Option<(ObjectRef, &'v Meta)> {
        let told = self.configurations::<MutatingWebhookConfiguration>(view);
        let told = told.chain(self.configurations::<ValidatingWebhookConfiguration>(view));
        // The webhooks of both kinds may have one name.
        let best = told.max_by_key(|(_, path)| self.call.contains(&format!("{path}?")));
        let mut definitions = view.all::<CustomResourceDefinition>().iter();
        let converts = |one: &&CustomResourceDefinition| {
            let (group, kind) = (&one.spec.group, &one.spec.names.kind);
            let call = self.call.trim_start();
            call.starts_with(&format!("{group}/"))
                && call.contains(&format!(", Kind={kind} failed"))
        };
        best.map(|(meta, _)| meta)
            .or_else(|| definitions.find(converts).map(Fact::meta))
            .map(|meta| (meta.reference(), meta))
    }

    /// The configurations of a kind that have the webhook, each with the path of its URL.
    fn configurations<'v, F: Fact + Deref<Target = WebhookFields>>(
        &self,
        view: &View<'v>,
    ) -> impl Iterator<Item = (&'v Meta, &'v str)> {
        let path = |one: &'v Webhook| {
            let service = one.client_config.service.as_ref()?;
            let is_called = self.call.contains(&format!("\"{}\"", one.name))
                && service.namespace == self.service.namespace()
                && service.name == self.service.name;
            is_called.then_some(service.path.as_str())
        };
        let all = view.all::<F>().iter();
        all.filter_map(move |one| {
            let paths = one.webhooks.iter().filter_map(path);
            let path = paths.max_by_key(|path| self.call.contains(&format!("{path}?")))?;
            Some((&one.metadata, path))
        })
    }
}
