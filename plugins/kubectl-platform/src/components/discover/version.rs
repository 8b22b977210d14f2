//! The version of a component: its main workload's, its release's, or the nodes'.

use shared::facts::by_kind::{HelmRelease, Node};
use shared::facts::{Fact, Facts};

use super::super::{ALL, VersionOf};
use super::Discovered;
use super::own::own;
use super::workload::{Workload, workloads};

impl Discovered<'_> {
    /// The version of a component: its main workload's label or image tag, else its release's.
    pub fn version(&self, component: &str) -> Option<String> {
        let known = ALL.iter().find(|(name, _)| *name == component);
        if known.is_some_and(|(_, known)| known.version == VersionOf::Nodes) {
            return kubelets(self.facts);
        }
        let main = known.map_or(component, |(_, known)| known.names[0]);
        let mut workloads: Vec<_> = workloads(self.facts)
            .filter(|workload| own(workload.meta).is_some_and(|own| own == component))
            .collect();
        workloads.sort_by_key(|workload| workload.meta.name != main);
        let of_workload = workloads.iter().find_map(Workload::version);
        of_workload.or_else(|| {
            let releases = self.facts.all::<HelmRelease>().iter();
            let release = releases
                .filter(|release| own(release.meta()).is_some_and(|own| own == component))
                .find_map(|release| release.status.history.first())?;
            let versions = [&release.app_version, &release.chart_version];
            versions.into_iter().find(|text| !text.is_empty()).cloned()
        })
    }
}

/// The nodes' version, or the oldest and the newest while they differ.
fn kubelets(facts: &Facts) -> Option<String> {
    let nodes = facts.all::<Node>().iter();
    let mut versions: Vec<_> = nodes
        .map(|node| node.status.node_info.kubelet_version.as_str())
        .filter(|version| !version.is_empty())
        .collect();
    versions.sort_unstable();
    match (versions.first()?, versions.last()?) {
        (oldest, newest) if oldest == newest => Some((*oldest).to_owned()),
        (oldest, newest) => Some(format!("{oldest} to {newest}")),
    }
}
