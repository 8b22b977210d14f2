//! Which network policies keep one workload from another.
//! See <https://kubernetes.io/docs/concepts/services-networking/network-policies/>.
//!
//! A check that uses this hints at `Kind::Namespace`.

use shared::facts::View;
use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::network_policy::{NetworkPolicy, Peer, PolicyPort, PolicyRule};
use shared::facts::pairs::Pairs;

use super::end::{End, Port};

/// The policies that keep `from` from a port of `to`: all that guard the pods of one side, where none
/// of them lets it through. Of a network of its node, and of addresses, it cannot be told.
pub(in crate::checks) fn denying<'a>(
    view: &View<'a>,
    from: &End<'_>,
    to: &End<'_>,
    port: &Port,
) -> Vec<&'a NetworkPolicy> {
    if from.spec.host_network || to.spec.host_network {
        return Vec::new();
    }
    let policies = view.all::<NetworkPolicy>().iter();
    let (out, into): (Vec<_>, Vec<_>) = (
        policies
            .clone()
            .filter(|policy| policy.spec.guards_egress() && guards(policy, from))
            .collect(),
        policies
            .filter(|policy| policy.spec.guards_ingress() && guards(policy, to))
            .collect(),
    );
    let lets_out = |policy: &&&NetworkPolicy| lets(view, policy, &policy.spec.egress, to, port);
    if !out.is_empty() && !out.iter().any(|policy| lets_out(&policy)) {
        return out;
    }
    let lets_in = |policy: &&&NetworkPolicy| lets_in(view, policy, from, port);
    if !into.is_empty() && !into.iter().any(|policy| lets_in(&policy)) {
        return into;
    }
    Vec::new()
}

/// Whether a policy lets a workload talk to a port of the pods that it guards.
pub(in crate::checks) fn lets_in(
    view: &View<'_>,
    policy: &NetworkPolicy,
    from: &End<'_>,
    port: &Port,
) -> bool {
    lets(view, policy, &policy.spec.ingress, from, port)
}

/// Whether policies that let nothing but DNS out guard a workload's pods, and no other policy does.
pub(in crate::checks) fn are_shut_in(view: &View<'_>, end: &End<'_>) -> bool {
    let is_dns = |rule: &PolicyRule| {
        let mut ports = rule.ports.iter();
        !rule.ports.is_empty() && ports.all(|one| one.port == Some(IntOrString::Int(53)))
    };
    let all = view.all::<NetworkPolicy>().iter();
    let mut out = all
        .filter(|policy| policy.spec.guards_egress() && guards(policy, end))
        .peekable();
    !end.spec.host_network
        && out.peek().is_some()
        && out.all(|policy| policy.spec.egress.iter().all(is_dns))
}

/// Whether a policy is about a workload's pods.
fn guards(policy: &NetworkPolicy, end: &End<'_>) -> bool {
    policy.metadata.namespace == end.object.namespace()
        && policy.spec.pod_selector.selects(end.labels)
}

fn lets(
    view: &View<'_>,
    policy: &NetworkPolicy,
    rules: &[PolicyRule],
    other: &End<'_>,
    port: &Port,
) -> bool {
    rules.iter().any(|rule| {
        let mut peers = rule.from.iter().chain(&rule.to).peekable();
        let is_peer = peers.peek().is_none() || peers.any(|peer| is(view, policy, peer, other));
        is_peer && (rule.ports.is_empty() || rule.ports.iter().any(|one| is_port(one, port)))
    })
}

fn is(view: &View<'_>, policy: &NetworkPolicy, peer: &Peer, end: &End<'_>) -> bool {
    // What is outside of the cluster is no pod.
    if peer.ip_block.is_some() || end.object.name.is_empty() {
        return peer.ip_block.is_some();
    }
    let in_namespace = match &peer.namespace_selector {
        Some(selector) => selector.selects(&labels_of(view, end.object.namespace())),
        None => policy.metadata.namespace == end.object.namespace(),
    };
    let pods = peer.pod_selector.as_ref();
    in_namespace && pods.is_none_or(|selector| selector.selects(end.labels))
}

/// A namespace's labels; the API server sees to it that one is its name.
fn labels_of(view: &View<'_>, namespace: &str) -> Pairs {
    let known = view.get::<Namespace>("", namespace);
    let own = known
        .into_iter()
        .flat_map(|known| known.metadata.labels.iter());
    let own = own.map(|(key, value)| (key.clone(), value.clone()));
    let name = ("kubernetes.io/metadata.name".into(), namespace.into());
    own.chain([name]).collect()
}

fn is_port(allowed: &PolicyPort, port: &Port) -> bool {
    let protocol = if allowed.protocol.is_empty() {
        "TCP"
    } else {
        &allowed.protocol
    };
    let is_number = match (&allowed.port, port.number) {
        (None, _) => true,
        (Some(IntOrString::Text(name)), _) => *name == port.name,
        // A name may stand for any number; without a name all ports are meant.
        (Some(IntOrString::Int(_)), None) => !port.name.is_empty(),
        (Some(IntOrString::Int(first)), Some(number)) => {
            (*first..=allowed.end_port.max(*first)).contains(&number)
        }
    };
    protocol == port.protocol && is_number
}
