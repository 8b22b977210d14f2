//! cluster/node-starts-no-pods: A node starts none of several workloads' pods.
//!
//! Pods of different workloads fail alike on this node and on no other: it makes no sandboxes (the
//! network plugin has no addresses left or does not run there), gets no images (its own DNS, its way
//! out, a full disk, a missing authority), or has run out of files or memory. Or programs on it do not
//! resolve names while others do: then it does not reach the cluster's DNS.
//!
//! Look at all that runs there, `kubectl get pods -A --field-selector spec.nodeName=NAME`, above all
//! at the network plugin's pod, and at kubelet's and the runtime's logs on the machine.

use std::slice;

use shared::facts::kinds::node::Node;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::network;
use crate::checks::evidence::pods::unstarted::{self, Lack};
use crate::checks::evidence::services::{dns, users};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Node).hint(),
    live(Kind::Event).hint(),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
    declared(Kind::Service).hint(),
    declared(Kind::NetworkPolicy).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in unstarted::nodes(view) {
        let (name, lack, words) = (one.node, one.lack, one.words);
        let Some(node) = view.get::<Node>("", name) else {
            continue;
        };
        let plugins = network::plugins(view, words);
        // Then that tells more.
        if lack == Lack::Sandbox && network::ails_on(view, node, &plugins) {
            continue;
        }
        let workloads = users::listed(&one.workloads);
        let told = format!("node {name} {lack}: {words}: {workloads}");
        let finding = found.about_read(Level::Error, node.reference(), &node.metadata, told);
        finding.remedy(command!(
            "kubectl get pods -A --field-selector spec.nodeName={}",
            name
        ));
        match lack {
            Lack::Sandbox => {
                finding.suspect(plugins);
            }
            Lack::Image => {
                let servers = dns::servers(view).into_iter();
                finding.suspect(servers.map(|server| server.object));
            }
            Lack::Names => {
                let ails = |set: &ObjectRef| network::ails_on(view, node, slice::from_ref(set));
                finding.blames.extend(network::on_nodes(view).filter(ails));
            }
            Lack::Means => {}
        }
    }
}
