//! network/policy-denies: A network policy keeps apart what is to talk to each other.
//!
//! A workload names a Service, a route of Traefik leads to it, or a controller or the API server says
//! that it does not answer, and the policies that guard one of the two do not let the connection
//! through: it times out. Often a label or a namespace is misspelt in the policy, or DNS (port 53 of the pods in
//! kube-system) was forgotten.
//!
//! The policies of Cilium and Calico are judged as far as they are like Kubernetes' own; what else they have counts as
//! let through.
//!
//! Add what is missing to the policy's `ingress` (of the pods that are talked to) or `egress`.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::policies::denials;
use crate::checks::evidence::services::users::users_and;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = users_and![
    declared(Kind::NetworkPolicy),
    declared(Kind::Custom),
    declared(Kind::Service).lookup(),
    declared(Kind::Namespace).hint(),
    declared(Kind::IngressClass).hint(),
    live(Kind::Pod).hint(),
    live(Kind::Application).hint(),
    live(Kind::ClusterIssuer).hint(),
    live(Kind::Issuer).hint(),
    live(Kind::GitRepository).hint(),
    live(Kind::HelmRepository).hint(),
    live(Kind::OciRepository).hint(),
    live(Kind::Bucket).hint(),
    live(Kind::HelmChart).hint(),
    declared(Kind::ReplicaSet).hint(),
    declared(Kind::Job).hint(),
    declared(Kind::CronJob).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (policy, talks) in denials::all(view) {
        let object = policy.reference();
        for asked in talks.iter().filter_map(|talk| talk.asked.clone()) {
            let told = match asked.kind.as_ref() {
                "Service" => format!("{object} blocks those that call it"),
                _ => format!("{object} blocks what it calls"),
            };
            let finding = found.missing(Level::Error, asked, told);
            finding.blame(object.clone());
        }
        let level = Level::error_if(talks.iter().any(|talk| talk.is_missed));
        let mut told: Vec<String> = Vec::new();
        for one in talks.iter().map(denials::told) {
            if !told.contains(&one) {
                told.push(one);
            }
        }
        let more = told.len().saturating_sub(3);
        told.truncate(3);
        let mut message = format!(
            "lets no connection through from {}",
            told.join(", nor from ")
        );
        if more > 0 {
            message += &format!(" and {more} more");
        }
        let remedy = remedy::describe(&object);
        let finding = found.about_read(level, object, policy, message);
        finding.remedy(remedy);
    }
}
