//! What the rules of a network policy allow.

use shared::facts::View;
use shared::facts::kinds::cilium_policy::{NAMESPACE, NAMESPACE_LABELS};
use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::network_policy::{Peer, PolicyPort, PolicyRule, Selector};
use shared::facts::meta::Meta;
use shared::facts::pairs::Pairs;

use super::end::{End, Port};

/// Whether any rule of a policy lets through to a port of the other end, or from it.
pub(super) fn lets(
    view: &View<'_>,
    policy: &Meta,
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

fn is(view: &View<'_>, policy: &Meta, peer: &Peer, end: &End<'_>) -> bool {
    let is_outside = end.object.name.is_empty();
    if let Some(block) = &peer.ip_block {
        // Such as the API server, which may have any address.
        let is_no_pod = end.object.namespace().is_empty();
        return is_no_pod || !block.is_outside();
    }
    // What is outside of the cluster is no pod.
    if is_outside {
        return false;
    }
    let in_namespace = match &peer.namespace_selector {
        Some(selector) => selector.selects(&labels_of(view, end.object.namespace())),
        None => policy.namespace.is_empty() || policy.namespace == end.object.namespace(),
    };
    let pods = peer.pod_selector.as_ref();
    in_namespace && pods.is_none_or(|selector| selects(view, selector, end))
}

/// Whether a selector selects a workload's pods, by their labels and, as Cilium's may, by their namespace's.
pub(super) fn selects(view: &View<'_>, selector: &Selector, end: &End<'_>) -> bool {
    if !selector.is_of_namespaces() {
        return selector.selects(end.labels);
    }
    let namespace = end.object.namespace();
    let of_namespace = labels_of(view, namespace);
    let prefixed = of_namespace.iter().map(|(key, value)| {
        let key = format!("{NAMESPACE_LABELS}{key}");
        (key.into(), value.clone())
    });
    let own = end.labels.iter();
    let own = own.map(|(key, value)| (key.clone(), value.clone()));
    let name = (NAMESPACE.into(), namespace.into());
    selector.selects(&own.chain(prefixed).chain([name]).collect())
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
