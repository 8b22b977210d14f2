//! Calico's network policies, in the form of Kubernetes' own as far as that goes.
//! See <https://docs.tigera.io/calico/latest/reference/resources/networkpolicy>.
//!
//! What has no such form counts as let through, so that nothing is denied which Calico may let through: all but
//! the last Deny of a list is left out, and the order among policies does not count.

mod selector;

use serde_json::{Map, Value};

use super::int_or_string::IntOrString;
use super::network_policy::{IpBlock, NetworkPolicySpec, Peer, PolicyPort, PolicyRule, Selector};

/// Policies of hosts, which are about no pods.
const OF_HOSTS: [&str; 3] = ["applyOnForward", "doNotTrack", "preDNAT"];

/// Fields of a rule's end that are understood.
const KNOWN: [&str; 5] = ["domains", "namespaceSelector", "nets", "ports", "selector"];

/// A policy's `spec`, where it is one of Calico's.
pub(super) fn of(spec: &Map<String, Value>) -> Option<NetworkPolicySpec> {
    let is_true = |field: &&str| spec.get(*field) == Some(&Value::Bool(true));
    let is_policy = ["types", "ingress", "egress"]
        .iter()
        .any(|field| spec.get(*field).is_some_and(Value::is_array));
    let is_ciliums = spec.contains_key("endpointSelector") || spec.contains_key("nodeSelector");
    let is_other = is_ciliums || spec.get("selector").is_some_and(|one| !one.is_string());
    if !is_policy || is_other || OF_HOSTS.iter().any(is_true) {
        return None;
    }
    Some(policy(spec).unwrap_or_else(open))
}

fn policy(spec: &Map<String, Value>) -> Option<NetworkPolicySpec> {
    let asks_accounts = spec
        .get("serviceAccountSelector")
        .and_then(Value::as_str)
        .is_some_and(|text| !text.is_empty());
    let mut asked = selector::of_pods(text(spec, "selector"))?;
    asked.extend(selector::of_spaces_of_pods(text(
        spec,
        "namespaceSelector",
    ))?);
    let (ingress, egress) = (rules(spec, "ingress"), rules(spec, "egress"));
    (!asks_accounts).then(|| NetworkPolicySpec {
        pod_selector: Selector {
            match_expressions: asked,
            ..Selector::default()
        },
        policy_types: types(spec, !ingress.is_empty(), !egress.is_empty()),
        ingress: allowed(&ingress, "source"),
        egress: allowed(&egress, "destination"),
    })
}

/// Lets all through, whomever it is about.
fn open() -> NetworkPolicySpec {
    NetworkPolicySpec {
        policy_types: vec!["Ingress".to_owned(), "Egress".to_owned()],
        ingress: vec![PolicyRule::default()],
        egress: vec![PolicyRule::default()],
        ..NetworkPolicySpec::default()
    }
}

/// Which ways it guards; where it does not say, those that it has rules of, else what comes in.
fn types(spec: &Map<String, Value>, has_ingress: bool, has_egress: bool) -> Vec<String> {
    let named = spec.get("types").and_then(Value::as_array);
    let named = named.into_iter().flatten().filter_map(Value::as_str);
    let mut all: Vec<_> = named.map(str::to_owned).collect();
    if all.is_empty() && (has_ingress || !has_egress) {
        all.push("Ingress".to_owned());
    }
    if !all.iter().any(|one| one == "Egress") && has_egress && !spec.contains_key("types") {
        all.push("Egress".to_owned());
    }
    all
}

fn rules<'a>(spec: &'a Map<String, Value>, way: &str) -> Vec<&'a Map<String, Value>> {
    let list = spec.get(way).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect()
}

fn allowed(rules: &[&Map<String, Value>], peers: &str) -> Vec<PolicyRule> {
    let mut all = Vec::new();
    for rule in rules {
        match text(rule, "action") {
            "Allow" => all.push(allow(rule, peers).unwrap_or_default()),
            "Pass" => all.push(PolicyRule::default()),
            "Deny" if rule.len() == 1 => break,
            _ => {}
        }
    }
    all
}

/// What a rule allows, where it is understood.
fn allow(rule: &Map<String, Value>, peers: &str) -> Option<PolicyRule> {
    const FIELDS: [&str; 5] = ["action", "destination", "metadata", "protocol", "source"];
    let none = Map::new();
    let end = |name: &str| rule.get(name).and_then(Value::as_object).unwrap_or(&none);
    let is_known = rule.keys().all(|key| FIELDS.contains(&key.as_str()))
        && end(peers).keys().all(|key| KNOWN.contains(&key.as_str()));
    let peers = peer(end(peers)).filter(|_| is_known)?;
    Some(PolicyRule {
        from: peers,
        ports: ports(rule, end("destination")),
        ..PolicyRule::default()
    })
}

/// The peers of a rule, none where it means all; nothing where they have no such form.
fn peer(end: &Map<String, Value>) -> Option<Vec<Peer>> {
    let has = |field: &str| end.contains_key(field);
    let is_outside = has("domains") || text(end, "namespaceSelector") == "global()";
    if is_outside || has("nets") {
        let cidr = end.get("nets").map(ToString::to_string);
        let block = cidr.map_or_else(IpBlock::outside, |cidr| IpBlock { cidr });
        let is_alone = !has("selector");
        let peer = Peer {
            ip_block: Some(block),
            ..Peer::default()
        };
        return is_alone.then(|| vec![peer]);
    }
    let pods = selector::of_pods(text(end, "selector"))?;
    let spaces = selector::of_spaces(text(end, "namespaceSelector"))?;
    if !has("selector") && !has("namespaceSelector") {
        return Some(Vec::new());
    }
    let with = |asked| Selector {
        match_expressions: asked,
        ..Selector::default()
    };
    let pods = with(pods);
    let namespaces = (has("namespaceSelector") || pods.is_of_namespaces()).then(|| with(spaces));
    Some(vec![Peer {
        namespace_selector: namespaces,
        pod_selector: Some(pods),
        ip_block: None,
    }])
}

/// The ports of a rule; none means all.
fn ports(rule: &Map<String, Value>, destination: &Map<String, Value>) -> Vec<PolicyPort> {
    let protocol = text(rule, "protocol").to_uppercase();
    let port = |port, end_port| PolicyPort {
        protocol: protocol.clone(),
        port,
        end_port,
    };
    let list = destination.get("ports").and_then(Value::as_array);
    let Some(list) = list.filter(|list| !list.is_empty()) else {
        let any = (!protocol.is_empty()).then(|| port(None, 0));
        return any.into_iter().collect();
    };
    let read = |one: &Value| match one {
        Value::String(text) => match text.split_once(':') {
            Some((first, last)) => port(
                first.parse().ok().map(IntOrString::Int),
                last.parse().unwrap_or(0),
            ),
            None => port(Some(IntOrString::Text(text.clone())), 0),
        },
        number => port(number.as_i64().map(IntOrString::Int), 0),
    };
    list.iter().map(read).collect()
}

fn text<'a>(map: &'a Map<String, Value>, field: &str) -> &'a str {
    map.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
