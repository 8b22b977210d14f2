//! The pools that load balancers take addresses from: Cilium's and MetalLB's.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

wire! {
    /// A pool of Cilium's LB IPAM.
    /// See <https://docs.cilium.io/en/stable/network/lb-ipam/>.
    pub struct CiliumLoadBalancerIpPool {
        pub metadata: Meta,
        pub spec: CiliumPoolSpec,
        pub status: CiliumPoolStatus,
    }

    /// `spec` of a pool of Cilium.
    pub struct CiliumPoolSpec { pub disabled: bool, pub blocks: Vec<CiliumBlock>, }

    /// One range: a CIDR, or a first and a last address.
    pub struct CiliumBlock { pub cidr: String, pub start: String, pub stop: String, }

    /// `status` of a pool of Cilium; the counts are messages of conditions.
    pub struct CiliumPoolStatus { pub conditions: Vec<Condition>, }

    /// A pool of MetalLB (`IPAddressPool`).
    /// See <https://metallb.io/apis/#ipaddresspool>.
    pub struct MetalLbPool {
        pub metadata: Meta,
        pub spec: MetalLbPoolSpec,
        pub status: Option<MetalLbPoolStatus>,
    }

    /// `spec` of a pool of MetalLB; absent `autoAssign` means yes.
    pub struct MetalLbPoolSpec { pub addresses: Vec<String>, pub auto_assign: Option<bool>, }

    /// `status` of a pool of MetalLB, which releases before 0.15 do not write.
    pub struct MetalLbPoolStatus {
        #[serde(rename = "availableIPv4")]
        pub available_ipv4: i64,
        #[serde(rename = "availableIPv6")]
        pub available_ipv6: i64,
        #[serde(rename = "assignedIPv4")]
        pub assigned_ipv4: i64,
        #[serde(rename = "assignedIPv6")]
        pub assigned_ipv6: i64,
    }
}
