//! The version of a component: its main workload's, its release's, or the nodes'.

use std::borrow::Cow;
use std::collections::HashMap;

use shared::facts::by_kind::{HelmRelease, Node};
use shared::facts::kinds::platform_config::numbers;
use shared::facts::{Fact, Facts};

use super::super::{ALL, VersionOf};
use super::own::own;
use super::workload::{Workload, workloads};

/// What tells the versions of a platform's components.
pub struct Versions<'a> {
    facts: &'a Facts,
    workloads: HashMap<Cow<'a, str>, Vec<Workload<'a>>>,
    releases: HashMap<Cow<'a, str>, Vec<&'a HelmRelease>>,
}

impl<'a> Versions<'a> {
    /// Looks at all workloads and releases once.
    pub fn new(facts: &'a Facts) -> Self {
        let releases = facts.all::<HelmRelease>().iter();
        Self {
            facts,
            workloads: by_component(
                workloads(facts).map(|workload| (own(workload.meta), workload)),
            ),
            releases: by_component(releases.map(|release| (own(release.meta()), release))),
        }
    }

    /// The version of a component: its main workload's label or image tag, else its release's.
    pub fn of(&self, component: &str) -> Option<String> {
        let known = ALL.iter().find(|(name, _)| *name == component);
        if known.is_some_and(|(_, known)| known.version == VersionOf::Nodes) {
            return kubelets(self.facts);
        }
        let main = known.map_or(component, |(_, known)| known.names[0]);
        let workloads = || self.workloads.get(component).into_iter().flatten();
        let mains = workloads().filter(|workload| workload.meta.name == main);
        let of_workload = mains.chain(workloads()).find_map(Workload::version);
        of_workload.or_else(|| {
            let mut releases = self.releases.get(component).into_iter().flatten();
            let release = releases.find_map(|release| release.status.history.first())?;
            let versions = [&release.app_version, &release.chart_version];
            versions.into_iter().find(|text| !text.is_empty()).cloned()
        })
    }
}

fn by_component<'a, T>(
    all: impl Iterator<Item = (Option<Cow<'a, str>>, T)>,
) -> HashMap<Cow<'a, str>, Vec<T>> {
    let mut found: HashMap<_, Vec<T>> = HashMap::new();
    for (component, one) in all {
        if let Some(component) = component {
            found.entry(component).or_default().push(one);
        }
    }
    found
}

/// The nodes' version, or the oldest and the newest while they differ.
fn kubelets(facts: &Facts) -> Option<String> {
    let nodes = facts.all::<Node>().iter();
    let mut versions: Vec<_> = nodes
        .map(|node| node.status.node_info.kubelet_version.as_str())
        .filter(|version| !version.is_empty())
        .collect();
    versions.sort_unstable_by_key(|version| (numbers(version), *version));
    match (versions.first()?, versions.last()?) {
        (oldest, newest) if oldest == newest => Some((*oldest).to_owned()),
        (oldest, newest) => Some(format!("{oldest} to {newest}")),
    }
}
