//! flux/dependency-loop: Kustomizations or HelmReleases wait for each other.
//!
//! Each of them depends, directly or through others, on itself. None is ever applied.
//!
//! Take one of the `spec.dependsOn` entries out.

use petgraph::algo::tarjan_scc;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::flux::dependency_graph::graph;
use crate::checks::evidence::flux::dependent::Dependent;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Kustomization), declared(Kind::HelmRelease)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<Kustomization>(view, found);
    each::<HelmRelease>(view, found);
}

fn each<F: Dependent>(view: &View<'_>, found: &mut Findings) {
    let graph = graph(view.all::<F>());
    for members in tarjan_scc(&graph) {
        let names: Vec<String> = members
            .iter()
            .rev()
            .map(|node| graph[*node].reference().to_string())
            .collect();
        for node in &members {
            let Some(next) = graph.neighbors(*node).find(|next| members.contains(next)) else {
                continue;
            };
            let object = graph[*node];
            let meta = object.meta();
            let mut text = "depends on itself".to_owned();
            if names.len() > 1 {
                text += &format!(": {} wait for each other", names.join(", "));
            }
            let finding = found.error(object, text).remedy(command!(
                "kubectl -n {} get {} {} -o jsonpath='{{.spec.dependsOn}}'",
                meta.namespace,
                F::KIND.plural(),
                meta.name
            ));
            if next != *node {
                finding.blame(graph[next].reference());
            }
        }
    }
}
