//! workloads/config-gone: A Secret, ConfigMap or ServiceAccount that running pods were started with is gone.
//!
//! The pods run on with what they read when they started, but the API server no longer knows those
//! whose ServiceAccount is gone. The next pod, after a crash, an eviction or a rollout, will not start:
//! what works today fails at the worst time.
//!
//! Find out what should have made the object (a Kustomization, a HelmRelease, an ExternalSecret, a
//! SealedSecret, a Certificate) and why it is gone, or take the name out of the workload.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::Status;

use crate::checks::evidence::pods::{config, hold, references};
use crate::checks::evidence::services::selection;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Deployment),
    live(Kind::StatefulSet),
    live(Kind::DaemonSet),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
    declared(Kind::ServiceAccount).hint(),
];

/// The API server's certificates: every namespace gets them, in its own time.
const PUBLISHED: &str = "kube-root-ca.crt";

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for maker in selection::makers(view) {
        let runs = maker.ready > 0 && maker.health.status == Status::Current;
        if !runs {
            continue;
        }
        let (namespace, workload) = (maker.meta.namespace.as_str(), &maker.object);
        if let Some(name) = references::absent_account(view, namespace, &maker.template.spec) {
            let told = format!(
                "ServiceAccount {name} is gone: pods of {workload} that start next will not be made"
            );
            let account = Kind::ServiceAccount.object(namespace, name);
            found.missing(Level::Warning, account, told);
        }
        let needed = config::needed(&maker.template.spec).into_iter();
        let needed = needed.filter(|needed| needed.name != PUBLISHED);
        for needed in needed.filter_map(|needed| hold::absent(view, namespace, needed)) {
            let (kind, name) = (needed.kind, needed.name);
            let lacks = match needed.key {
                "" => format!("{kind} {name} is gone"),
                key => format!("{kind} {name} has no key {key} any more"),
            };
            let told = format!("{lacks}: pods of {workload} that start next will fail");
            let finding = found.missing(Level::Warning, needed.object(namespace), told);
            if needed.is_secret() {
                let makers = [Kind::SealedSecret, Kind::ExternalSecret];
                finding.made_by(makers.map(|maker| maker.object(namespace, name)));
            }
        }
    }
}
