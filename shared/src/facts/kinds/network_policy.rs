//! Network policies: which pods may talk to which.

use super::super::meta::Meta;
use super::super::pairs::Pairs;
use super::super::text::Text;
use super::super::wire::wire;
use super::cilium_policy::{NAMESPACE, NAMESPACE_LABELS};
use super::int_or_string::IntOrString;

wire! {
    /// A network policy.
    pub struct NetworkPolicy { pub metadata: Meta, pub spec: NetworkPolicySpec, }

    /// `spec` of a network policy.
    pub struct NetworkPolicySpec {
        pub pod_selector: Selector,
        pub policy_types: Vec<String>,
        pub ingress: Vec<PolicyRule>,
        pub egress: Vec<PolicyRule>,
    }

    /// What is allowed; no peers mean all, no ports mean all. `from` is of ingress, `to` of egress.
    pub struct PolicyRule {
        pub from: Vec<Peer>,
        pub to: Vec<Peer>,
        pub ports: Vec<PolicyPort>,
    }

    /// Pods of the policy's own namespace, pods of other namespaces, or addresses.
    pub struct Peer {
        pub pod_selector: Option<Selector>,
        pub namespace_selector: Option<Selector>,
        pub ip_block: Option<IpBlock>,
    }

    /// Addresses.
    pub struct IpBlock { pub cidr: String, }

    /// A port of the pods that are talked to; none means all, an end a range.
    pub struct PolicyPort {
        pub protocol: String,
        pub port: Option<IntOrString>,
        pub end_port: i64,
    }

    /// Which labels are asked for; an empty one selects everything.
    pub struct Selector {
        pub match_labels: Pairs,
        pub match_expressions: Vec<Requirement>,
    }

    /// One condition: `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub struct Requirement {
        pub key: String,
        pub operator: String,
        pub values: Vec<String>,
    }
}

/// Stands for all addresses that are no pod's.
const OUTSIDE: &str = "outside";

impl IpBlock {
    /// All that is outside of the cluster. Unlike a block of addresses it never means a pod.
    pub fn outside() -> Self {
        Self {
            cidr: OUTSIDE.to_owned(),
        }
    }

    /// Whether no pod is meant, whatever its address.
    pub fn is_outside(&self) -> bool {
        self.cidr == OUTSIDE
    }
}

impl NetworkPolicySpec {
    /// Whether it says who may talk to its pods. So does every policy that names no types.
    pub fn guards_ingress(&self) -> bool {
        self.policy_types.is_empty() || self.policy_types.iter().any(|name| name == "Ingress")
    }

    /// Whether it says to whom its pods may talk.
    pub fn guards_egress(&self) -> bool {
        self.policy_types.iter().any(|name| name == "Egress")
            || (self.policy_types.is_empty() && !self.egress.is_empty())
    }
}

impl Selector {
    /// Whether it asks for a pod's namespace too, as Cilium's do.
    pub fn is_of_namespaces(&self) -> bool {
        let named = self.match_labels.keys().map(Text::as_str);
        let others = self.match_expressions.iter().map(|one| one.key.as_str());
        named
            .chain(others)
            .any(|key| key == NAMESPACE || key.starts_with(NAMESPACE_LABELS))
    }

    /// Whether it selects these labels.
    pub fn selects(&self, labels: &Pairs) -> bool {
        let mut pairs = self.match_labels.iter();
        pairs.all(|(key, value)| labels.get(key) == Some(value))
            && self.match_expressions.iter().all(|one| one.holds(labels))
    }
}

impl Requirement {
    fn holds(&self, labels: &Pairs) -> bool {
        let value = labels.get(&self.key);
        let is_listed = value.is_some_and(|value| self.values.iter().any(|listed| listed == value));
        match self.operator.as_str() {
            "In" => is_listed,
            "NotIn" => !is_listed,
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors() {
        let labels = [("app".into(), "site".into())].into_iter().collect();
        for (text, expected) in [
            ("{}", true),
            (r#"{"matchLabels":{"app":"site"}}"#, true),
            (r#"{"matchLabels":{"app":"sites"}}"#, false),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"In","values":["a","site"]}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["site"]}]}"#,
                false,
            ),
            (
                r#"{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["x"]}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"Exists"}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"DoesNotExist"}]}"#,
                false,
            ),
        ] {
            let selector: Selector = serde_json::from_str(text).unwrap();
            assert_eq!(selector.selects(&labels), expected, "{text}");
        }
    }

    #[test]
    fn types_that_are_not_named_follow_from_the_rules() {
        let guards = |text: &str| {
            let spec: NetworkPolicySpec = serde_json::from_str(text).unwrap();
            (spec.guards_ingress(), spec.guards_egress())
        };
        assert_eq!(guards("{}"), (true, false));
        assert_eq!(guards(r#"{"egress":[{}]}"#), (true, true));
        assert_eq!(guards(r#"{"policyTypes":["Egress"]}"#), (false, true));
    }
}
