//! Nodes.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;
use super::int_or_string::IntOrString;
use std::collections::BTreeMap;

wire! {
    /// A node.
    pub struct Node {
        pub metadata: Meta,
        pub spec: NodeSpec,
        pub status: NodeStatus,
    }

    /// `spec` of a node.
    pub struct NodeSpec {
        pub unschedulable: bool,
        pub taints: Vec<Taint>,
        #[serde(rename = "providerID")]
        pub provider_id: String,
    }

    /// One of a node's taints.
    pub struct Taint { pub key: String, pub value: String, pub effect: String, }

    /// `status` of a node.
    pub struct NodeStatus {
        pub conditions: Vec<Condition>,
        pub addresses: Vec<NodeAddress>,
        pub allocatable: BTreeMap<String, IntOrString>,
        pub node_info: NodeInfo,
    }

    /// One of a node's addresses.
    pub struct NodeAddress { pub r#type: String, pub address: String, }

    /// What runs the node.
    pub struct NodeInfo { pub kubelet_version: String, pub os_image: String, pub architecture: String, }
}
