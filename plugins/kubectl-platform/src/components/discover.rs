//! Which component an object belongs to: by its API group, its labels, its release, its owner, or
//! because its namespace holds nothing else.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use shared::facts::by_kind::{DaemonSet, Deployment, HelmRelease, Node, StatefulSet};
use shared::facts::kinds::pod::PodSpec;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Facts};
use shared::object::{ObjectRef, group_of};

use super::{ALL, Component, VersionOf};

/// What belongs to Kubernetes itself.
const KUBERNETES: &str = "kubernetes";

/// Labels that tell what something is, the most telling first.
const LABELS: &[&str] = &[
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/name",
    "helm.sh/chart",
    "k8s-app",
    "app",
    "name",
    "app.kubernetes.io/instance",
    "release",
    "helm.toolkit.fluxcd.io/name",
    "helmcharts.helm.cattle.io/chart",
];

/// How long a chain of owners may be: CronJob, Job, Pod and a bit.
const OWNERS: usize = 5;

/// The components of a platform, as its objects show them.
pub struct Discovered<'a> {
    facts: &'a Facts,
    /// The only component with workloads in a namespace; nothing where there are several.
    namespaces: HashMap<&'a str, Option<Cow<'a, str>>>,
}

impl<'a> Discovered<'a> {
    /// Looks at the workloads of all namespaces.
    pub fn new(facts: &'a Facts) -> Self {
        let mut namespaces = HashMap::new();
        for workload in workloads(facts) {
            let component = own(workload.meta);
            namespaces
                .entry(workload.meta.namespace.as_str())
                .and_modify(|only| {
                    if *only != component {
                        *only = None;
                    }
                })
                .or_insert(component);
        }
        Self { facts, namespaces }
    }

    /// The component of an object, whether it was read or not.
    pub fn of(&self, object: &ObjectRef) -> Option<String> {
        let found = match self.facts.meta(object) {
            Some(meta) => self.of_meta(meta, OWNERS),
            None => of_group(object.group()).map(Cow::Borrowed),
        };
        found
            .or_else(|| self.namespaces.get(object.namespace()).cloned().flatten())
            .or_else(|| is_kubernetes(object.namespace()).then_some(Cow::Borrowed(KUBERNETES)))
            .map(Cow::into_owned)
    }

    fn of_meta<'m>(&self, meta: &'m Meta, owners: usize) -> Option<Cow<'m, str>>
    where
        'a: 'm,
    {
        own(meta).or_else(|| {
            let owner = meta.controller()?;
            let owner = ObjectRef::new(
                owner.api_version.clone(),
                owner.kind.clone(),
                &meta.namespace,
                owner.name.clone(),
            );
            let owner = self.facts.meta(&owner).filter(|_| owners > 0)?;
            self.of_meta(owner, owners - 1)
        })
    }

    /// The version of a component: its main workload's label or image tag, else its release's.
    pub fn version(&self, component: &str) -> Option<String> {
        let known = ALL.iter().find(|(name, _)| *name == component);
        if known.is_some_and(|(_, known)| known.version == VersionOf::Nodes) {
            return self.kubelets();
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

impl Discovered<'_> {
    /// The nodes' version, or the oldest and the newest while they differ.
    fn kubelets(&self) -> Option<String> {
        let nodes = self.facts.all::<Node>().iter();
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
}

/// A workload that stands for a component.
struct Workload<'a> {
    meta: &'a Meta,
    spec: &'a PodSpec,
}

impl Workload<'_> {
    fn version(&self) -> Option<String> {
        let label = self.meta.label("app.kubernetes.io/version");
        if !label.is_empty() {
            return Some(label.to_owned());
        }
        let image = &self.spec.containers.first()?.image;
        let name = image.split('@').next().unwrap_or_default();
        let (_, tag) = name.rsplit('/').next()?.split_once(':')?;
        Some(tag.to_owned())
    }
}

fn workloads(facts: &Facts) -> impl Iterator<Item = Workload<'_>> {
    macro_rules! all {
        ($kind:ty) => {
            facts.all::<$kind>().iter().map(|workload| Workload {
                meta: workload.meta(),
                spec: &workload.spec.template.spec,
            })
        };
    }
    all!(Deployment)
        .chain(all!(StatefulSet))
        .chain(all!(DaemonSet))
}

/// What an object says of itself.
fn own(meta: &Meta) -> Option<Cow<'_, str>> {
    let group = group_of(&meta.api_version);
    if is_release(group, &meta.kind) {
        let name = meta.name.as_str();
        return Some(Cow::Borrowed(known(name).unwrap_or(name)));
    }
    let of_kind = of_group(group).or_else(|| match &*meta.kind {
        "CustomResourceDefinition" | "APIService" => {
            of_group(meta.name.split_once('.').map_or("", |(_, group)| group))
        }
        _ => None,
    });
    let texts = || {
        let labels = LABELS.iter().map(|key| meta.label(key));
        labels
            .chain([meta.annotation("meta.helm.sh/release-name")])
            .filter(|text| !text.is_empty())
    };
    of_kind
        .or_else(|| marked(meta))
        .or_else(|| texts().find_map(known))
        .map(Cow::Borrowed)
        .or_else(|| {
            texts()
                .next()
                .map(|text| Cow::Borrowed(without_version(text)))
        })
        .or_else(|| {
            meta.namespace
                .is_empty()
                .then_some(Cow::Borrowed(KUBERNETES))
        })
}

/// Objects that stand for what they release.
fn is_release(group: &str, kind: &str) -> bool {
    matches!(
        (group, kind),
        ("helm.toolkit.fluxcd.io", "HelmRelease")
            | ("argoproj.io", "Application")
            | ("helm.cattle.io", "HelmChart" | "HelmChartConfig")
    )
}

fn is_kubernetes(namespace: &str) -> bool {
    namespace == "default" || namespace.starts_with("kube-")
}

fn of_group(group: &str) -> Option<&'static str> {
    let owns = |component: &Component| {
        component.groups.iter().any(|own| {
            group
                .strip_suffix(own)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    };
    ALL.iter()
        .find(|(_, component)| owns(component))
        .map(|(name, _)| *name)
}

fn marked(meta: &Meta) -> Option<&'static str> {
    let carries = |component: &Component| {
        component
            .labels
            .iter()
            .any(|mark| meta.labels.keys().any(|key| key.starts_with(mark)))
    };
    ALL.iter()
        .find(|(_, component)| carries(component))
        .map(|(name, _)| *name)
}

/// The component that goes by a name, or by what the name begins with up to a hyphen.
fn known(text: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let names = |(name, component): &(&'static str, &'static Component)| {
            let name = *name;
            component.names.iter().map(move |known| (*known, name))
        };
        ALL.iter().flat_map(names).collect()
    });
    let mut text = text;
    loop {
        if let Some(name) = NAMES.get(text) {
            return Some(name);
        }
        text = text.rsplit_once('-')?.0;
    }
}

/// `helm.sh/chart` without the chart's version.
fn without_version(text: &str) -> &str {
    match text.rsplit_once('-') {
        Some((chart, version))
            if version
                .trim_start_matches('v')
                .starts_with(|c: char| c.is_ascii_digit())
                && version.contains('.') =>
        {
            chart
        }
        _ => text,
    }
}
