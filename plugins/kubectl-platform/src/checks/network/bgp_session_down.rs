//! network/bgp-session-down: A node does not announce addresses: its BGP session is down.
//!
//! Addresses of load balancers that only such nodes announce cannot be reached from outside,
//! although the Services have them.
//!
//! Look at the session with `cilium bgp peers`, and at the router: address, AS numbers, password,
//! and whether port 179 is open between them.

use shared::facts::kinds::bgp::{CiliumBgpClusterConfig, CiliumBgpNodeConfig};
use shared::facts::kinds::custom::Custom;
use shared::facts::meta::Owner;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Health};

use crate::checks::evidence::words;

pub(super) const NEEDS: &[Need] = &[
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
        let nodes: Vec<_> = nodes
            .filter(|node| {
                node.metadata
                    .controller()
                    .is_some_and(|owner| is(owner, config))
            })
            .map(|node| (node, node.health(view.now())))
            .collect();
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
            let nodes = view.all::<shared::facts::kinds::node::Node>().iter();
            let peers = view
                .all::<Custom>()
                .iter()
                .filter(|one| one.kind == "CiliumBGPPeerConfig");
            found
                .error(config, told)
                .suspect(nodes.map(Fact::reference))
                .suspect(peers.map(Fact::reference));
            continue;
        }
        for (node, health) in down {
            found
                .about(Level::Error, *node, health.message.clone())
                .suspect([Kind::Node.object("", &node.metadata.name)]);
        }
    }
}

fn is(owner: &Owner, config: &CiliumBgpClusterConfig) -> bool {
    owner.kind == Kind::CiliumBgpClusterConfig.name() && owner.name == config.metadata.name
}

fn is_down(health: &Health) -> bool {
    health.reason == "SessionDown"
}
