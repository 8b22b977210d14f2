//! workloads/config-gone: A Secret, ConfigMap or ServiceAccount that running pods were started with is gone.
//!
//! The pods run on with what they read when they started, but the API server no longer knows those
//! whose ServiceAccount is gone. The next pod, after a crash, an eviction or a rollout, will not start:
//! what works today fails at the worst time.
//!
//! Find out what should have made the object (a Kustomization, a HelmRelease, an ExternalSecret, a
//! SealedSecret, a Certificate) and why it is gone, or take the name out of the workload.

use shared::facts::kinds::apps::{DaemonSet, Deployment, StatefulSet};
use shared::facts::kinds::core::ServiceAccount;
use shared::facts::kinds::pod::PodSpec;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};

use crate::checks::evidence::{hold, references};

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
    each::<Deployment>(view, found, |it| {
        (it.status.ready_replicas, &it.spec.template.spec)
    });
    each::<StatefulSet>(view, found, |it| {
        (it.status.ready_replicas, &it.spec.template.spec)
    });
    each::<DaemonSet>(view, found, |it| {
        (it.status.number_ready, &it.spec.template.spec)
    });
}

fn each<F: Assess>(view: &View<'_>, found: &mut Findings, pods: impl Fn(&F) -> (i64, &PodSpec)) {
    for workload in view.all::<F>() {
        let (ready, spec) = pods(workload);
        let runs = ready > 0 && workload.health(view.now()).status == Status::Current;
        let namespace = &workload.meta().namespace;
        let account = spec.service_account_name.as_str();
        // Each namespace has one; where there is none at all, nobody looked.
        let is_known = !view.all::<ServiceAccount>().is_empty();
        let is_gone = is_known && view.get::<ServiceAccount>(namespace, account).is_none();
        if runs && !account.is_empty() && account != "default" && is_gone {
            let message = format!(
                "ServiceAccount {account} is gone: pods of {} that start next will not be made",
                workload.reference()
            );
            let account = Kind::ServiceAccount.object(namespace, account);
            found.missing(Level::Warning, account, message);
        }
        let needed = references::config(spec)
            .into_iter()
            .filter(|needed| runs && needed.name != PUBLISHED);
        for needed in needed.filter_map(|needed| hold::absent(view, namespace, needed)) {
            let lacks = match needed.key {
                "" => format!("{} {} is gone", needed.kind(), needed.name),
                key => format!(
                    "{} {} has no key {key} any more",
                    needed.kind(),
                    needed.name
                ),
            };
            let message = format!(
                "{lacks}: pods of {} that start next will fail",
                workload.reference()
            );
            let finding = found.missing(Level::Warning, needed.object(namespace), message);
            if needed.is_secret {
                let makers = [Kind::SealedSecret, Kind::ExternalSecret];
                finding.made_by(makers.map(|maker| maker.object(namespace, needed.name)));
            }
        }
    }
}
