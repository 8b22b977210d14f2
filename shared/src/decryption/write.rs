//! Writing to a Secret of age identities: adding beside what is there, and taking away; never over another's change.

use std::collections::BTreeMap;

use serde_json::json;
use zeroize::Zeroizing;

use super::secret::{AgeSecret, Place};
use super::wire::Base64;
use crate::kube::{Api, Refusal};
use crate::secret::{Secret, to_json};

/// Adds data keys by server-side apply; the Secret is made where there is none.
///
/// `before` is the Secret as it was read. All that is there stays: what others own because they own it, and what
/// we own because it is applied again.
///
/// # Errors
/// [`Refusal::Conflict`] when the Secret has been made or changed since it was read, or a data key is there with
/// another value; else what the server said.
pub async fn add(
    api: &Api,
    place: &Place,
    before: Option<&AgeSecret>,
    entries: &[(String, Secret)],
) -> Result<AgeSecret, Refusal> {
    let made;
    let before = match before {
        Some(before) => before,
        // A Secret that somebody else makes at this moment makes this one fail: two applies would both succeed.
        None => {
            made = create_empty(api, place).await?;
            &made
        }
    };
    for (data_key, value) in entries {
        if before
            .entry(data_key)
            .is_some_and(|entry| entry.value != *value)
        {
            let why = format!("{place} has a data key {data_key} already");
            return Err(Refusal::Conflict(why));
        }
    }
    let ours = before.entries.iter().filter(|entry| entry.is_ours);
    let data: BTreeMap<&str, Base64> = ours
        .map(|entry| (entry.data_key.as_str(), Base64(entry.value.clone())))
        .chain(
            entries
                .iter()
                .map(|(data_key, value)| (data_key.as_str(), Base64(value.clone()))),
        )
        .collect();
    let object = serialize(&Applied {
        api_version: "v1",
        kind: "Secret",
        metadata: Metadata {
            name: &place.name,
            namespace: &place.namespace,
            resource_version: &before.resource_version,
        },
        data: &data,
    })?;
    let body = Zeroizing::new(api.apply(&place.path(), &object).await?);
    AgeSecret::parse(place, &body)
}

/// Takes data keys away, or leaves other text in them, whoever owns them.
///
/// # Errors
/// [`Refusal::Conflict`] when the Secret has been changed since it was read; else what the server said.
pub async fn remove(
    api: &Api,
    before: &AgeSecret,
    entries: &[(String, Option<Secret>)],
) -> Result<AgeSecret, Refusal> {
    let data: BTreeMap<&str, Option<Base64>> = entries
        .iter()
        .map(|(data_key, left)| (data_key.as_str(), left.clone().map(Base64)))
        .collect();
    let patch = serialize(&Patch {
        metadata: Version {
            resource_version: &before.resource_version,
        },
        data: &data,
    })?;
    let path = before.place.path();
    let body = Zeroizing::new(api.merge(&path, &patch).await?);
    AgeSecret::parse(&before.place, &body)
}

/// Makes a namespace, where it does not exist; tells whether it made it.
///
/// # Errors
/// What the server said instead.
pub async fn ensure_namespace(api: &Api, name: &str) -> Result<bool, Refusal> {
    let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    match api
        .create("/api/v1/namespaces", object.to_string().as_bytes())
        .await
    {
        Ok(_) => Ok(true),
        Err(Refusal::Conflict(_)) => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

async fn create_empty(api: &Api, place: &Place) -> Result<AgeSecret, Refusal> {
    let object = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {"name": place.name, "namespace": place.namespace},
    });
    let body = api
        .create(&place.list_path(), object.to_string().as_bytes())
        .await?;
    AgeSecret::parse(place, &body)
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Applied<'a> {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata<'a>,
    data: &'a BTreeMap<&'a str, Base64>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'a> {
    name: &'a str,
    namespace: &'a str,
    resource_version: &'a str,
}

#[derive(serde::Serialize)]
struct Patch<'a> {
    metadata: Version<'a>,
    data: &'a BTreeMap<&'a str, Option<Base64>>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'a> {
    resource_version: &'a str,
}

fn serialize(object: &impl serde::Serialize) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    to_json(object)
        .map_err(|_| Refusal::Unreadable("the Secret cannot be written as JSON".to_owned()))
}
