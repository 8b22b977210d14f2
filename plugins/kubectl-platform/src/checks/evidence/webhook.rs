//! Webhooks that the API server could not call, as those say whose changes it refused.
//!
//! A check that uses this hints at `Kustomization`, `HelmRelease`, `Deployment`, `Service` and
//! `Custom`.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::message;

/// A change that was refused because a webhook was not there to judge it.
pub(in crate::checks) struct Refused<'a> {
    /// What was to change.
    pub(in crate::checks) by: ObjectRef,
    /// The webhook's Service, which need not exist.
    pub(in crate::checks) service: ObjectRef,
    /// The API server's words.
    pub(in crate::checks) why: &'a str,
}

/// Every change that was refused so.
pub(in crate::checks) fn refused<'a>(view: &View<'a>) -> Vec<Refused<'a>> {
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
    let said = kustomizations.chain(releases).chain(pods);
    let said = said.filter_map(|(by, condition)| Some((by, condition?.message.as_str())));
    said.filter_map(|(by, message)| {
        let (_, call) = message
            .split_once("failed calling webhook")
            .or_else(|| message.split_once("conversion webhook for"))?;
        let mut named = message::suspects(view, &by, call).into_iter();
        let service = named.find(|object| object.kind == Kind::Service.name())?;
        let why = call.split_once("\": ").map_or(call, |(_, why)| why);
        let why = why.lines().next().unwrap_or_default();
        Some(Refused { by, service, why })
    })
    .collect()
}
