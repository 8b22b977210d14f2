//! What an object says of itself: by its API group, its labels or its release.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use shared::facts::meta::Meta;
use shared::object::group_of;

use super::super::{ALL, Component};

/// What belongs to Kubernetes itself.
pub(super) const KUBERNETES: &str = "kubernetes";

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

/// What an object says of itself.
pub(super) fn own(meta: &Meta) -> Option<Cow<'_, str>> {
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

pub(super) fn of_group(group: &str) -> Option<&'static str> {
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
