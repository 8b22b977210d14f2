//! Where the objects of a kind are, in the version that we know best.

use super::discovery::Discovery;
use super::served::Version;
use crate::facts::meta::Meta;
use crate::facts::{Gap, Kind, Reason};
use crate::object::{group_of, is_built_in};

/// A list that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// `v1`, `apps/v1`, ...
    pub api_version: String,
    /// The name of its kind.
    pub kind: String,
    /// The name in the path.
    pub plural: String,
}

impl Resource {
    /// The path of the list of all namespaces.
    pub fn path(&self) -> String {
        format!("{}/{}", self.root(), self.plural)
    }

    /// The path of the list of one namespace.
    pub fn path_in(&self, namespace: &str) -> String {
        format!("{}/namespaces/{namespace}/{}", self.root(), self.plural)
    }

    /// Whether an object is in this list, whatever its version.
    pub(crate) fn is_of(&self, meta: &Meta) -> bool {
        *meta.kind == *self.kind && group_of(&meta.api_version) == group_of(&self.api_version)
    }

    /// The path of one object.
    pub fn object_path(&self, namespace: &str, name: &str) -> String {
        let root = self.root();
        format!("{root}/namespaces/{namespace}/{}/{name}", self.plural)
    }

    fn root(&self) -> String {
        match group_of(&self.api_version) {
            "" => format!("/api/{}", self.api_version),
            _ => format!("/apis/{}", self.api_version),
        }
    }
}

fn silent_server(group: &str) -> String {
    format!("the server behind the API group {group} does not answer")
}

impl Discovery {
    /// Whether something is served, in any version.
    pub(crate) fn serves(&self, group: &str, plural: &str) -> bool {
        let served = self.groups.get(group);
        served.is_some_and(|group| group.versions.iter().any(|version| version.serves(plural)))
    }

    /// Whether all groups were told of.
    pub(crate) fn is_whole(&self) -> bool {
        self.core_gap.is_none() && self.named_gap.is_none()
    }

    /// Whether a list is not there any more, rather than that its server does not answer.
    pub(crate) fn is_gone(&self, place: &Resource) -> bool {
        let group = self.groups.get(group_of(&place.api_version));
        group.is_none_or(|group| {
            let may_serve = |version: &Version| version.stale || version.serves(&place.plural);
            !group.versions.iter().any(may_serve)
        })
    }

    /// Where a kind's objects are: one list a group that serves it, in the version that we know
    /// best. What is served only in versions that we do not know, or by a server that does not
    /// answer, is a gap; so is a kind that is not served at all.
    pub fn places(&self, kind: Kind) -> (Vec<Resource>, Option<Gap>) {
        let mut places = Vec::new();
        let mut gap = None;
        let mut groups: Vec<&str> = kind.apis().iter().map(|api| group_of(api)).collect();
        groups.dedup();
        for group in groups {
            match self.place(kind, group) {
                Ok(Some(place)) => places.push(place),
                Ok(None) => {}
                Err(found) => gap = Some(found),
            }
        }
        if places.is_empty() && gap.is_none() {
            gap = Some(Gap::new(Reason::NotInstalled, "no such API"));
        }
        (places, gap)
    }

    fn place(&self, kind: Kind, group: &str) -> Result<Option<Resource>, Gap> {
        let Some(served) = self.groups.get(group) else {
            let gap = match group {
                "" => &self.core_gap,
                _ => &self.named_gap,
            };
            return gap.clone().map_or(Ok(None), Err);
        };
        let serving: Vec<&Version> = served
            .versions
            .iter()
            .filter(|version| version.stale || version.serves(kind.plural()))
            .collect();
        let known = kind.apis().iter().filter(|api| group_of(api) == group);
        for api_version in known {
            let name = api_version.rsplit('/').next().unwrap_or_default();
            if serving.iter().any(|v| v.name == name && !v.stale) {
                return Ok(Some(Resource {
                    api_version: (*api_version).to_owned(),
                    kind: kind.name().to_owned(),
                    plural: kind.plural().to_owned(),
                }));
            }
        }
        if serving.is_empty() {
            return Ok(None);
        }
        let why = if serving.iter().any(|version| version.stale) {
            silent_server(group)
        } else {
            let names: Vec<&str> = serving.iter().map(|v| v.name.as_str()).collect();
            format!(
                "{group} serves it only in versions that are not known here: {}",
                names.join(", ")
            )
        };
        Err(Gap::new(Reason::Unreadable, why))
    }

    /// All that can be listed and watched of other groups than Kubernetes' own, in the version
    /// that the server prefers. What can only be listed is computed, not stored.
    pub fn customs(&self) -> Vec<Resource> {
        let mut found = Vec::new();
        for (group, served) in &self.groups {
            if is_built_in(group) {
                continue;
            }
            let mut seen: Vec<&str> = Vec::new();
            for version in served.versions.iter().filter(|version| !version.stale) {
                for resource in &version.resources {
                    if resource.is_stored() && !seen.contains(&resource.plural.as_str()) {
                        seen.push(&resource.plural);
                        found.push(Resource {
                            api_version: format!("{group}/{}", version.name),
                            kind: resource.kind.clone(),
                            plural: resource.plural.clone(),
                        });
                    }
                }
            }
        }
        found.sort_by(|a, b| (&a.api_version, &a.plural).cmp(&(&b.api_version, &b.plural)));
        found
    }

    /// Why there may be more such kinds than [`Self::customs`] knows; `is_wanted` tells of which groups.
    pub fn customs_gap(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Gap> {
        let silent = self.groups.iter().find(|(group, served)| {
            let is_silent = served.versions.iter().any(|version| version.stale);
            is_silent && !is_built_in(group) && is_wanted(group)
        });
        let silent = silent.map(|(group, _)| Gap::new(Reason::Unreadable, silent_server(group)));
        self.named_gap.clone().or(silent)
    }
}
