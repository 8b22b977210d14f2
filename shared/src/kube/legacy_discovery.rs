//! What an API server serves, asked group by group: servers before 1.26 know no other way.

use std::collections::HashMap;

use futures::future::join_all;
use serde::Deserialize;

use super::api::Api;
use super::refusal::Refusal;
use super::served::{Group, Served, Version};
use crate::malformed;

/// The answer of `/api` (`versions`) and of `/apis` (`groups`).
#[derive(Deserialize)]
struct Root {
    #[serde(default)]
    versions: Vec<String>,
    #[serde(default)]
    groups: Vec<NamedGroup>,
}

#[derive(Deserialize)]
struct NamedGroup {
    name: String,
    versions: Vec<NamedVersion>,
}

#[derive(Deserialize)]
struct NamedVersion {
    version: String,
}

/// The answer of `/api/v1` and of `/apis/GROUP/VERSION`.
#[derive(Deserialize)]
struct Resources {
    resources: Vec<NamedResource>,
}

#[derive(Deserialize)]
struct NamedResource {
    name: String,
    kind: String,
    #[serde(default)]
    verbs: Vec<String>,
}

/// The groups below `/api` or `/apis`, whose answer is at hand. A version that does not answer is
/// stale; a server that does not know us is an error.
pub(super) async fn groups(
    api: &Api,
    path: &str,
    root: &[u8],
) -> Result<HashMap<String, Group>, Refusal> {
    let root: Root = serde_json::from_slice(root)
        .map_err(|error| Refusal::Unreadable(format!("{path}: {}", malformed::json(&error))))?;
    let core = root
        .versions
        .into_iter()
        .map(|version| NamedVersion { version });
    let core = NamedGroup {
        name: String::new(),
        versions: core.collect(),
    };
    let core = Some(core).filter(|core| !core.versions.is_empty());
    let groups = root.groups.into_iter().chain(core);
    let read = groups.map(|group| async move {
        let versions = group.versions.iter().map(|version| async {
            let path = match group.name.as_str() {
                "" => format!("{path}/{}", version.version),
                name => format!("{path}/{name}/{}", version.version),
            };
            read_version(api, &path, version.version.clone()).await
        });
        let versions = join_all(versions)
            .await
            .into_iter()
            .collect::<Result<_, _>>();
        versions.map(|versions| (group.name.clone(), Group { versions }))
    });
    join_all(read).await.into_iter().collect()
}

async fn read_version(api: &Api, path: &str, name: String) -> Result<Version, Refusal> {
    let body = match api.get(path, "application/json").await {
        Ok(body) => body,
        Err(refusal @ Refusal::Unauthorized(_)) => return Err(refusal),
        Err(_) => Vec::new(),
    };
    let resources = serde_json::from_slice::<Resources>(&body);
    Ok(Version {
        name,
        stale: resources.is_err(),
        resources: resources
            .into_iter()
            .flat_map(|list| list.resources)
            // `pods/log` and the like are no lists.
            .filter(|resource| !resource.name.contains('/'))
            .map(|resource| Served {
                plural: resource.name,
                kind: resource.kind,
                verbs: resource.verbs,
            })
            .collect(),
    })
}
