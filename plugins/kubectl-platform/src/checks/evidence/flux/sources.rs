//! Sources of Flux that failed, and what their failures have in common.
//!
//! A check that uses this hints at the kinds of sources.

use std::ops::Deref;

use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository, Source,
};
use shared::facts::meta::{Condition, condition};
use shared::facts::{Fact, View};
use shared::health::{Assess, Health, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::flux;
use crate::checks::evidence::services::host;
use crate::checks::evidence::siblings::Siblings;

/// All sources that failed, each with the host that it asks.
pub(in crate::checks) fn failed(view: &View<'_>) -> Siblings {
    let mut siblings = Siblings::default();
    each::<GitRepository>(view, &mut siblings);
    each::<OciRepository>(view, &mut siblings);
    each::<HelmRepository>(view, &mut siblings);
    each::<Bucket>(view, &mut siblings);
    siblings
}

fn each<F: Assess + Deref<Target = Source>>(view: &View<'_>, siblings: &mut Siblings) {
    for source in view.all::<F>() {
        let health = source.health(view.now());
        if health.status == Status::Failed {
            let place = place(&source.spec.url.0);
            siblings.add(source.reference(), place, &health.message);
        }
    }
}

/// What of the cluster serves what a source asks: the host of its URL.
///
/// A check that uses this needs `hosts_and!`.
pub(in crate::checks) fn served_by(
    view: &View<'_>,
    source: &Source,
    words: &str,
) -> Vec<ObjectRef> {
    host::behind(view, host::asked(&source.spec.url.0), words)
}

/// What a source says that is not ready, and where it comes from where that is a URL.
pub(in crate::checks) fn complaint(source: &Source, health: &Health) -> String {
    let said = flux::one_line(&health.message);
    let from = match source.spec.url.0.as_str() {
        "" => String::new(),
        url => format!(" (from {url})"),
    };
    format!("{}: {said}{from}", health.reason)
}

/// What sources that are not ready say.
pub(in crate::checks) fn complaints<'a>(view: &View<'a>) -> Vec<&'a str> {
    let mut said = Vec::new();
    add::<GitRepository>(view, &mut said, |one| &one.status.conditions);
    add::<HelmRepository>(view, &mut said, |one| &one.status.conditions);
    add::<OciRepository>(view, &mut said, |one| &one.status.conditions);
    add::<Bucket>(view, &mut said, |one| &one.status.conditions);
    add::<HelmChart>(view, &mut said, |one| &one.status.conditions);
    said
}

fn add<'a, F: Fact>(
    view: &View<'a>,
    said: &mut Vec<&'a str>,
    conditions: impl Fn(&'a F) -> &'a [Condition],
) {
    let all = view.all::<F>().iter();
    let ready = all.filter_map(|one| condition(conditions(one), "Ready"));
    let failed = ready.filter(|ready| ready.is_false());
    said.extend(failed.map(|ready| ready.message.as_str()));
}

/// Whether a source is there.
pub(in crate::checks) fn is_there(view: &View<'_>, wanted: &ObjectRef) -> bool {
    is_one::<GitRepository>(view, wanted)
        || is_one::<OciRepository>(view, wanted)
        || is_one::<Bucket>(view, wanted)
        || is_one::<HelmRepository>(view, wanted)
        || is_one::<HelmChart>(view, wanted)
}

fn is_one<F: Fact>(view: &View<'_>, wanted: &ObjectRef) -> bool {
    view.get::<F>(wanted.namespace(), &wanted.name).is_some() && wanted.kind == F::KIND.name()
}

fn place(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
