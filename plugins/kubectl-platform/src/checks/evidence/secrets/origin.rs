//! Where the Secrets and ConfigMaps that a workload names come from.
//!
//! A check that uses this lists `secrets_of_pods_and!`.

use shared::facts::View;
use shared::finding::{Finding, Findings, Level};
use shared::object::ObjectRef;

use super::{reflector, secret_source};
use crate::checks::evidence::flux::applier;
use crate::checks::evidence::pods::workload::Workload;

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

/// Says of a Secret that a workload names that it, or a key of it, is not there: who should have made
/// it, and why Reflector makes no copy.
pub(in crate::checks) fn missing_secret<'f>(
    view: &View<'_>,
    found: &'f mut Findings,
    workload: &Workload<'_>,
    secret: ObjectRef,
    message: String,
) -> &'f mut Finding {
    let makers = of_secret(view, workload, &secret.name);
    let refusal = reflector::refusal(view, &secret);
    let finding = found.missing(Level::Error, secret, message);
    if let Some((source, why)) = refusal {
        finding.message += &why;
        finding.blame(source);
    }
    finding.made_by(makers)
}

/// What should have applied a ConfigMap together with a workload.
pub(in crate::checks) fn of_config_map(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    workload
        .meta
        .map(|meta| applier::appliers(view, meta))
        .unwrap_or_default()
}
