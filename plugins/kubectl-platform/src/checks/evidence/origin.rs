//! Where the Secrets and ConfigMaps that a workload names come from.
//!
//! A check that uses this lists `secrets_of_pods_and!`.

use shared::facts::View;
use shared::object::ObjectRef;

use super::workload::Workload;
use super::{applier, reflector, secret_source};

/// What makes a Secret of a workload's namespace, or should have.
pub(in crate::checks) fn of_secret(
    view: &View<'_>,
    workload: &Workload<'_>,
    name: &str,
) -> Vec<ObjectRef> {
    let makers = workload
        .meta
        .map(|meta| secret_source::makers(view, meta, name));
    let reflected = reflector::behind(view, workload.object.namespace(), name);
    makers.into_iter().flatten().chain(reflected).collect()
}

/// What should have applied a ConfigMap together with a workload.
pub(in crate::checks) fn of_config_map(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    workload
        .meta
        .map(|meta| applier::appliers(view, meta))
        .unwrap_or_default()
}
