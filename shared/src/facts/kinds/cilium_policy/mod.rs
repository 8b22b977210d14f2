//! Cilium's network policies, in the form of Kubernetes' own as far as that goes.
//! See <https://docs.cilium.io/en/stable/security/policy/language/>.

use serde_json::{Map, Value};

use super::int_or_string::IntOrString;
use super::network_policy::{
    IpBlock, NetworkPolicySpec, Peer, PolicyPort, PolicyRule, Requirement, Selector,
};

/// The label by which Cilium knows a pod's namespace.
pub const NAMESPACE: &str = "io.kubernetes.pod.namespace";

/// How Cilium calls the labels of a pod's namespace.
pub const NAMESPACE_LABELS: &str = "io.cilium.k8s.namespace.labels.";

/// Fields without a counterpart in a NetworkPolicy of Kubernetes: a policy that has one is not judged.
const OTHERS: [&str; 4] = [
    "egressDeny",
    "enableDefaultDeny",
    "ingressDeny",
    "nodeSelector",
];

/// Fields of rules that name addresses, or names of the internet.
const OUTSIDE: [&str; 5] = ["fromCIDR", "fromCIDRSet", "toCIDR", "toCIDRSet", "toFQDNs"];

/// A policy's `spec`, where it has such a form. A rule that has none lets all through, so that nothing is
/// denied which Cilium may let through.
pub(super) fn of(spec: &Map<String, Value>) -> Option<NetworkPolicySpec> {
    let pods = spec.get("endpointSelector")?;
    if OTHERS.iter().any(|other| spec.contains_key(*other)) {
        return None;
    }
    let mut policy = NetworkPolicySpec {
        pod_selector: selector(pods)?,
        // Without any a policy of Kubernetes would guard ingress.
        policy_types: vec![String::new()],
        ..NetworkPolicySpec::default()
    };
    if let Some(rules) = rules(spec.get("ingress"), "fromEndpoints") {
        policy.policy_types.push("Ingress".to_owned());
        policy.ingress = rules;
    }
    if let Some(rules) = rules(spec.get("egress"), "toEndpoints") {
        policy.policy_types.push("Egress".to_owned());
        policy.egress = rules;
    }
    Some(policy)
}

/// What is allowed one way, where the policy guards it: an empty list does not.
fn rules(list: Option<&Value>, peers: &str) -> Option<Vec<PolicyRule>> {
    let list = list?.as_array().filter(|list| !list.is_empty())?;
    Some(list.iter().filter_map(|one| rule(one, peers)).collect())
}

/// A rule; one that is empty, or has an empty list of peers, allows nothing.
fn rule(rule: &Value, peers: &str) -> Option<PolicyRule> {
    let rule = rule.as_object()?;
    let others: Vec<_> = rule
        .iter()
        .filter(|(key, _)| *key != peers && *key != "toPorts")
        .collect();
    if !others.iter().all(|(key, list)| is_outside(key, list)) {
        return Some(PolicyRule::default());
    }
    let mut from: Vec<_> = (!others.is_empty()).then(outside).into_iter().collect();
    if let Some(list) = rule.get(peers) {
        for one in list.as_array().filter(|list| !list.is_empty())? {
            let Some(peer) = peer(one) else {
                return Some(PolicyRule::default());
            };
            from.push(peer);
        }
    }
    let ports = rule.get("toPorts").map(ports).unwrap_or_default();
    (!rule.is_empty()).then(|| PolicyRule {
        from,
        ports,
        ..PolicyRule::default()
    })
}

/// Whether a field of a rule means nothing but what is outside of the cluster: addresses and names of the
/// internet never mean pods that Cilium knows.
fn is_outside(key: &str, list: &Value) -> bool {
    let listed = list.as_array().filter(|list| !list.is_empty());
    let mut names = listed.into_iter().flatten().map(Value::as_str);
    match key {
        "toEntities" | "fromEntities" => {
            listed.is_some() && names.all(|name| name.is_some_and(|one| one.starts_with("world")))
        }
        _ => OUTSIDE.contains(&key) && listed.is_some(),
    }
}

fn outside() -> Peer {
    Peer {
        ip_block: Some(IpBlock::outside()),
        ..Peer::default()
    }
}

fn peer(value: &Value) -> Option<Peer> {
    let selector = selector(value)?;
    Some(Peer {
        namespace_selector: selector.is_of_namespaces().then(Selector::default),
        pod_selector: Some(selector),
        ip_block: None,
    })
}

/// A selector, but one that asks for more than labels of pods and namespaces.
fn selector(value: &Value) -> Option<Selector> {
    let read: Selector = serde_json::from_value(value.clone()).ok()?;
    let labels = read.match_labels.iter();
    let labels = labels.map(|(key, value)| Some((label(key)?.into(), value.clone())));
    let expressions = read.match_expressions.iter().map(|one| {
        Some(Requirement {
            key: label(&one.key)?.to_owned(),
            ..one.clone()
        })
    });
    Some(Selector {
        match_expressions: expressions.collect::<Option<_>>()?,
        match_labels: labels.collect::<Option<_>>()?,
    })
}

/// A label's name without where it comes from.
fn label(key: &str) -> Option<&str> {
    let name = key.strip_prefix("k8s:").or(key.strip_prefix("any:"));
    let name = name.unwrap_or(key);
    let is_other = name.contains(':') || name.starts_with("io.cilium.k8s.policy.");
    (!is_other).then_some(name)
}

/// The ports of a rule; none means all.
fn ports(value: &Value) -> Vec<PolicyPort> {
    let mut all = Vec::new();
    for one in value.as_array().into_iter().flatten() {
        let listed = one.get("ports").and_then(Value::as_array);
        let Some(listed) = listed.filter(|listed| !listed.is_empty()) else {
            return Vec::new();
        };
        for port in listed {
            let text = |key: &str| port.get(key).and_then(Value::as_str).unwrap_or_default();
            let number = text("port").parse();
            let number = number.map_or_else(
                |_| IntOrString::Text(text("port").to_owned()),
                IntOrString::Int,
            );
            let protocols = match text("protocol") {
                "" | "ANY" => vec!["TCP", "UDP", "SCTP"],
                known => vec![known],
            };
            all.extend(protocols.into_iter().map(|protocol| PolicyPort {
                protocol: protocol.to_owned(),
                port: Some(number.clone()).filter(|number| *number != IntOrString::Int(0)),
                end_port: port.get("endPort").and_then(Value::as_i64).unwrap_or(0),
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests;
