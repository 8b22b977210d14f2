//! network/bgp-session-down: A node does not announce addresses: its BGP session is down.
//!
//! Addresses of load balancers that only such nodes announce cannot be reached from outside,
//! although the Services have them.
//!
//! Look at the session with `cilium bgp peers`, and at the router: address, AS numbers, password,
//! and whether port 179 is open between them.

use shared::facts::kinds::bgp::{CiliumBgpClusterConfig, CiliumBgpNodeConfig};
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::node::Node;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Health};

use crate::checks::evidence::{needs::seeing_pods, network, words};

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::CiliumBgpNodeConfig),
    live(Kind::CiliumBgpClusterConfig),
    live(Kind::Node).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for config in view.all::<CiliumBgpClusterConfig>() {
        let health = config.health(view.now());
        found.unwell(config, &health, words::told(&health));
        let nodes = view.all::<CiliumBgpNodeConfig>().iter();
        let nodes = nodes.filter(|node| is_of(node, config));
        let nodes: Vec<_> = nodes.map(|node| (node, node.health(view.now()))).collect();
        let is_down = |health: &Health| health.reason == "SessionDown";
        let down: Vec<_> = nodes.iter().filter(|(_, health)| is_down(health)).collect();
        let names: Vec<_> = down
            .iter()
            .map(|(node, _)| node.metadata.name.as_str())
            .collect();
        let Some((_, first)) = down.first() else {
            continue;
        };
        // Where all sessions are down the nodes are not to blame: it is one trouble, not many.
        if down.len() == nodes.len() {
            let told = format!("{} on {}", first.message, names.join(", "));
            let nodes = view.all::<Node>().iter();
            let customs = view.all::<Custom>().iter();
            let peers = customs.filter(|one| one.kind == "CiliumBGPPeerConfig");
            found
                .error(config, told)
                .suspect(nodes.map(Fact::reference))
                .suspect(peers.map(Fact::reference))
                .suspect(network::unwell_on(view, &names));
            continue;
        }
        for (node, health) in down {
            found
                .about(Level::Error, *node, health.message.clone())
                .suspect([Kind::Node.object("", &node.metadata.name)])
                .suspect(network::unwell_on(view, &[&node.metadata.name]));
        }
    }
}

fn is_of(node: &CiliumBgpNodeConfig, config: &CiliumBgpClusterConfig) -> bool {
    node.metadata.controller().is_some_and(|owner| {
        owner.kind == Kind::CiliumBgpClusterConfig.name() && owner.name == config.metadata.name
    })
}
