//! workloads/pods-not-created: The API server refuses to make the pods of a workload.
//!
//! The controller asks for the pods and is turned down: a ResourceQuota is used up, a LimitRange or
//! the namespace's PodSecurity level forbids them, an admission webhook denies them or does not
//! answer, their ServiceAccount does not exist. There is no pod to look at: the message quotes the
//! API server.
//!
//! Mend what the message names: `kubectl -n NAMESPACE describe resourcequota`, the workload's pod
//! template in Git, or the webhook's own workload.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::pods::refusal::{self, Culprit};
use crate::checks::evidence::pods::refused;
use crate::checks::evidence::services::behind;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Deployment),
    live(Kind::ReplicaSet),
    live(Kind::StatefulSet),
    live(Kind::DaemonSet),
    live(Kind::Job),
    live(Kind::Event).lookup(),
    live(Kind::ResourceQuota).hint(),
    live(Kind::Pod).hint(),
    declared(Kind::CronJob).hint(),
    declared(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let all = refused::workloads(view);
    let siblings = refused::by_security_level(&all);
    for (workload, message) in all {
        let namespace = workload.object.namespace();
        let words = refusal::words(message);
        let told = format!("its pods are not created: {words}");
        let finding = workload.about(found, Level::Error, told);
        finding.suspect(siblings.of(&workload.object));
        finding.remedy(remedy::describe(&workload.object));
        match refusal::culprit(words) {
            Culprit::Quota(name) => {
                let quota = Kind::ResourceQuota.object(namespace, name);
                finding.blame(quota.clone());
                let used = refused::used(view, namespace, name);
                let told = format!("quota {name} is used up: {used}");
                found.missing(Level::Error, quota, told);
            }
            Culprit::Account(name) => {
                let account = Kind::ServiceAccount.object(namespace, name);
                finding.blame(account.clone());
                let told =
                    format!("ServiceAccount {name} does not exist, and pods are to run under it");
                found.missing(Level::Error, account, told);
            }
            Culprit::Webhook(services) => {
                for (namespace, name) in services {
                    finding.suspect(behind::service(view, &namespace, &name).iter().cloned());
                    finding.suspect([Kind::Service.object(&namespace, &name)]);
                }
            }
            Culprit::Namespace => {
                finding.blame(Kind::Namespace.object("", namespace));
            }
            Culprit::Pod => {}
        }
    }
}
