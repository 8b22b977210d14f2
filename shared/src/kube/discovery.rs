//! What an API server serves, asked in two requests.
//!
//! See <https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery>.

use std::collections::HashMap;

use ::kube::core::discovery::v2::{APIGroupDiscovery, APIGroupDiscoveryList};
use serde::Deserialize;

use super::api::Api;
use super::legacy_discovery;
use super::refusal::Refusal;
use super::served::{Group, Served, Version};
use crate::facts::Gap;
use crate::malformed;

const ACCEPT: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
                      application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,\
                      application/json";

/// The groups of an API server, by name.
#[derive(Debug, Default)]
pub struct Discovery {
    pub(super) groups: HashMap<String, Group>,
    /// Why the core group, or all others, are not known.
    pub(super) core_gap: Option<Gap>,
    pub(super) named_gap: Option<Gap>,
}

/// Either form of the answer; a server that does not aggregate answers with the older one.
#[derive(Deserialize)]
struct Kinded {
    kind: String,
}

impl Discovery {
    /// Asks a server what it serves.
    ///
    /// # Errors
    /// When it says nothing about any group.
    pub async fn of(api: &Api) -> Result<Self, Refusal> {
        let (core, named) = tokio::join!(groups(api, "/api"), groups(api, "/apis"));
        let mut found = Self::default();
        match (core, named) {
            (Err(refusal), Err(_)) => return Err(refusal),
            // Who is not known once is not known at all.
            (Err(refusal @ Refusal::Unauthorized(_)), _)
            | (_, Err(refusal @ Refusal::Unauthorized(_))) => return Err(refusal),
            (core, named) => {
                found.core_gap = found.take(core);
                found.named_gap = found.take(named);
            }
        }
        Ok(found)
    }

    fn take(&mut self, groups: Result<HashMap<String, Group>, Refusal>) -> Option<Gap> {
        match groups {
            Ok(groups) => {
                self.groups.extend(groups);
                None
            }
            Err(refusal) => {
                let gap = refusal.gap();
                Some(Gap::new(gap.reason, format!("discovery: {}", gap.message)))
            }
        }
    }
}

async fn groups(api: &Api, path: &str) -> Result<HashMap<String, Group>, Refusal> {
    let body = api.get(path, ACCEPT).await?;
    let unreadable = |error: serde_json::Error| {
        let why = malformed::json(&error);
        Refusal::Unreadable(format!("{path}: {why}"))
    };
    let Kinded { kind } = serde_json::from_slice(&body).map_err(unreadable)?;
    let groups: HashMap<_, _> = if kind == "APIGroupDiscoveryList" {
        let list: APIGroupDiscoveryList = serde_json::from_slice(&body).map_err(unreadable)?;
        list.items.into_iter().map(aggregated).collect()
    } else {
        legacy_discovery::groups(api, path, &body).await?
    };
    // Every server serves some at both: an answer without them is not about them.
    match groups.is_empty() {
        true => Err(Refusal::Unreadable(format!("{path}: it names no API"))),
        false => Ok(groups),
    }
}

fn aggregated(group: APIGroupDiscovery) -> (String, Group) {
    let name = group.metadata.and_then(|meta| meta.name);
    let versions = group.versions.into_iter().map(|version| Version {
        name: version.version.unwrap_or_default(),
        stale: version.freshness.as_deref() == Some("Stale"),
        resources: version
            .resources
            .into_iter()
            .map(|resource| Served {
                plural: resource.resource.unwrap_or_default(),
                kind: resource
                    .response_kind
                    .and_then(|kind| kind.kind)
                    .unwrap_or_default(),
                verbs: resource.verbs,
            })
            .collect(),
    });
    let versions = versions.collect();
    (name.unwrap_or_default(), Group { versions })
}
