//! network/policy-denies: A network policy keeps apart what is to talk to each other.
//!
//! A workload names a Service, or a route of Traefik leads to it, and the policies that guard one of
//! the two do not let the connection through: it times out. Often a label or a namespace is
//! misspelt in the policy, or DNS (port 53 of the pods in kube-system) was forgotten.
//!
//! Add what is missing to the policy's `ingress` (of the pods that are talked to) or `egress`.

use shared::facts::kinds::network_policy::NetworkPolicy;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::conversations::{self, Conversation};
use crate::checks::evidence::users::users_and;
use crate::checks::evidence::{policies, remedy, selection};

pub(super) const NEEDS: &[Need] = users_and![
    declared(Kind::NetworkPolicy),
    declared(Kind::Service).lookup(),
    declared(Kind::Namespace).hint(),
    declared(Kind::IngressClass).hint(),
    live(Kind::Pod).hint(),
    declared(Kind::ReplicaSet).hint(),
    declared(Kind::Job).hint(),
    declared(Kind::CronJob).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let makers = selection::makers(view);
    let mut denied: Vec<(&NetworkPolicy, Vec<Conversation<'_>>)> = Vec::new();
    for talk in conversations::all(view, &makers) {
        let mut by_port = talk
            .ports
            .iter()
            .map(|port| policies::denying(view, &talk.from, &talk.to, port));
        let Some(first) = by_port.next().filter(|first| !first.is_empty()) else {
            continue;
        };
        if by_port.any(|others| others.is_empty()) {
            continue;
        }
        // One that allows something was written for this; one that denies all is but the ground.
        let allows = |policy: &&NetworkPolicy| policy.spec.ingress.len() + policy.spec.egress.len();
        let Some(policy) = first.into_iter().max_by_key(allows) else {
            continue;
        };
        match denied
            .iter_mut()
            .find(|(known, _)| known.metadata == policy.metadata)
        {
            Some((_, talks)) => talks.push(talk),
            None => denied.push((policy, vec![talk])),
        }
    }
    for (policy, talks) in denied {
        let is_felt = talks.iter().any(|talk| talk.is_missed);
        let level = Level::error_if(is_felt);
        let mut told: Vec<String> = talks.iter().map(said).collect();
        told.dedup();
        let more = told.len().saturating_sub(3);
        told.truncate(3);
        let mut message = format!(
            "lets no connection through from {}",
            told.join(", nor from ")
        );
        if more > 0 {
            message += &format!(" and {more} more");
        }
        found
            .about(level, policy, message)
            .remedy(remedy::describe(&policy.reference()));
    }
}

fn said(talk: &Conversation<'_>) -> String {
    let mut ports = talk.ports.iter().filter_map(|port| port.number);
    let port = ports
        .next()
        .map(|port| format!(" port {port}"))
        .unwrap_or_default();
    let why = talk
        .route
        .as_ref()
        .map(|route| format!(" ({route})"))
        .unwrap_or_default();
    format!("{} to {}{port}{why}", talk.from.object, talk.to.object)
}
