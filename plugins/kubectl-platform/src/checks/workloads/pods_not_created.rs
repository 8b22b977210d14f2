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
use shared::object::ObjectRef;

use crate::checks::evidence::refusal::{self, Culprit};
use crate::checks::evidence::{behind, refused, remedy};

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
    for (workload, message) in refused::workloads(view) {
        let namespace = workload.object.namespace().to_owned();
        let words = refusal::words(message);
        let finding = workload.about(
            found,
            Level::Error,
            format!("its pods are not created: {words}"),
        );
        finding.remedy(remedy::describe(&workload.object));
        match refusal::culprit(words) {
            Culprit::Quota(name) => {
                let quota = ObjectRef::new("v1", "ResourceQuota", &namespace, name);
                finding.blame(quota.clone());
                found.missing(
                    Level::Error,
                    quota,
                    format!(
                        "quota {name} is used up: {}",
                        refused::used(view, &namespace, name)
                    ),
                );
            }
            Culprit::Account(name) => {
                let account = ObjectRef::new("v1", "ServiceAccount", &namespace, name);
                finding.blame(account.clone());
                found.missing(
                    Level::Error,
                    account,
                    format!("ServiceAccount {name} does not exist, and pods are to run under it"),
                );
            }
            Culprit::Webhook(services) => {
                for (namespace, name) in services {
                    finding.suspect(behind::service(view, &namespace, &name));
                    finding.suspect([ObjectRef::new("v1", "Service", &namespace, name)]);
                }
            }
            Culprit::Namespace => {
                finding.blame(ObjectRef::new("v1", "Namespace", "", namespace));
            }
            Culprit::Pod => {}
        }
    }
}
