//! Cilium's BGP: who announces the addresses of load balancers to the network.
//! See <https://docs.cilium.io/en/stable/network/bgp-control-plane/bgp-control-plane-v2/>.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

wire! {
    /// Which nodes speak to which peers.
    pub struct CiliumBgpClusterConfig { pub metadata: Meta, pub status: BgpClusterStatus, }

    /// `status` of such a configuration.
    pub struct BgpClusterStatus { pub conditions: Vec<Condition>, }

    /// How the sessions of one node fare; it bears the node's name.
    pub struct CiliumBgpNodeConfig { pub metadata: Meta, pub status: BgpNodeStatus, }

    /// `status` of a node's sessions.
    pub struct BgpNodeStatus {
        pub conditions: Vec<Condition>,
        pub bgp_instances: Vec<BgpInstance>,
    }

    /// One router of a node.
    pub struct BgpInstance { pub name: String, pub peers: Vec<BgpPeer>, }

    /// One session; `established` is the only good state.
    pub struct BgpPeer {
        pub name: String,
        pub peer_address: String,
        pub peering_state: String,
    }
}
