//! Finds a cluster's keys: what Kustomizations and the controller decrypt with, other Secrets with age keys, and
//! Sealed Secrets' sealing keys.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use shared::decryption::{self, Decryption, Place, refused};
use shared::failure::{Exit, Failure, Result};
use shared::kube::{Cluster, Refusal};
use zeroize::Zeroizing;

use super::bundle::{Bundle, Kept, Listed, SEALING_LABEL};

const JSON: &str = "application/json";
/// Metadata alone, which names the entries among the fields that are managed, and holds no value.
const NAMES: &str = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
/// Secrets a page.
const PAGE: usize = 500;

/// All keys of a cluster.
///
/// # Errors
/// When something could not be looked at (a backup that lacks a key is none), or there is no key.
pub(crate) async fn gather(cluster: &Cluster) -> Result<Bundle> {
    let found = Decryption::of(cluster).await?;
    for gap in found.gap.iter().chain(&found.controller_gap) {
        if gap.reason.is_incomplete() {
            return Err(
                Failure::new(format!("cannot find out what decrypts: {}", gap.message))
                    .hint(
                        "a backup must be whole: ask for the right, or act as somebody who has it",
                    )
                    .exit(Exit::Incomplete),
            );
        }
    }
    let mut places = found.secrets();
    if let Some(controller) = &found.controller {
        let name = controller.default_secret.iter();
        places.extend(name.map(|name| Place::new(&*controller.namespace, &**name)));
    }
    places.extend(with_age_keys(cluster).await?);
    let mut items = sealing_keys(cluster).await?;
    for place in places {
        match one(cluster, &place).await {
            Ok(Some(kept)) => items.push(kept),
            Ok(None) => cli::note!(
                "warning: Secret {place} does not exist, though something is to be decrypted with it"
            ),
            Err(refusal) => return Err(cannot("read Secret", &place, cluster, &refusal)),
        }
    }
    if items.is_empty() {
        return Err(Failure::new(format!(
            "the cluster has no key to keep: {}",
            cluster.server
        ))
        .exit(Exit::Failed));
    }
    Ok(Bundle::new(items))
}

fn cannot(doing: &str, place: &Place, cluster: &Cluster, refusal: &Refusal) -> Failure {
    refused(&format!("{doing} {place}"), &cluster.server, refusal)
}

async fn one(cluster: &Cluster, place: &Place) -> Result<Option<Kept>, Refusal> {
    let body = match cluster.api.get(&place.path(), JSON).await {
        Ok(body) => Zeroizing::new(body),
        Err(Refusal::NotFound(_)) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let secret: Listed = parse(&body)?;
    Ok(Some(secret.into()))
}

/// Secrets with an entry that is named like age keys.
async fn with_age_keys(cluster: &Cluster) -> Result<BTreeSet<Place>> {
    let mut places = BTreeSet::new();
    pages(cluster, "", NAMES, |item: Value| {
        let meta = &item["metadata"];
        let text = |name: &str| meta[name].as_str().unwrap_or_default().to_owned();
        let managed = meta["managedFields"].as_array().into_iter().flatten();
        let mut names = managed
            .filter_map(|of| of["fieldsV1"]["f:data"].as_object())
            .flat_map(|data| data.keys());
        if names.any(|name| decryption::is_of_age(name)) {
            places.insert(Place::new(text("namespace"), text("name")));
        }
    })
    .await?;
    Ok(places)
}

async fn sealing_keys(cluster: &Cluster) -> Result<Vec<Kept>> {
    let mut found: Vec<Kept> = Vec::new();
    let query = format!("&labelSelector={}", SEALING_LABEL.replace('/', "%2F"));
    pages(cluster, &query, JSON, |item: Listed| {
        found.push(item.into())
    })
    .await?;
    Ok(found)
}

#[derive(Deserialize)]
struct List<T> {
    #[serde(default)]
    metadata: ListMeta,
    /// A list of metadata that is empty has null here.
    items: Option<Vec<T>>,
}

#[derive(Default, Deserialize)]
struct ListMeta {
    #[serde(default)]
    r#continue: String,
}

/// Reads the Secrets of all namespaces, page by page.
async fn pages<T: for<'de> Deserialize<'de>>(
    cluster: &Cluster,
    query: &str,
    accept: &str,
    mut each: impl FnMut(T),
) -> Result<()> {
    let failed = |refusal: &Refusal| refused("list Secrets", &cluster.server, refusal);
    let mut next = String::new();
    loop {
        let path = format!("/api/v1/secrets?limit={PAGE}{query}{next}");
        let body = cluster.api.get(&path, accept).await;
        let body = Zeroizing::new(body.map_err(|refusal| failed(&refusal))?);
        let list: List<T> = parse(&body).map_err(|refusal| failed(&refusal))?;
        list.items.into_iter().flatten().for_each(&mut each);
        if list.metadata.r#continue.is_empty() {
            return Ok(());
        }
        next = format!("&continue={}", list.metadata.r#continue);
    }
}

/// Reads an answer; an error must not quote it.
fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        let line = error.line();
        Refusal::Unreadable(format!("the answer is not understood (line {line})"))
    })
}
