//! What bringing a backup back would change in a cluster, and doing so.

use std::collections::BTreeMap;

use serde::Serialize;
use shared::decryption::{self, AgeSecret, Base64, Place, refused};
use shared::failure::{Exit, Failure, Result};
use shared::kube::{Cluster, Refusal};
use shared::secret::to_json;
use zeroize::Zeroizing;

use super::{Bundle, Kept};

/// What is to be done with a Secret.
pub(crate) enum Step {
    /// It is made.
    Create,
    /// It holds all that the backup has.
    Keep,
    /// Entries of it have other values, or are missing: their names.
    Change(Box<AgeSecret>, Vec<String>),
}

/// What is to be done, Secret by Secret in the order of the backup.
pub(crate) struct Plan(Vec<Step>);

impl Plan {
    /// Looks at the cluster.
    ///
    /// # Errors
    /// When it does not say what is there.
    pub(crate) async fn of(cluster: &Cluster, bundle: &Bundle) -> Result<Self> {
        let mut steps = Vec::new();
        for kept in &bundle.items {
            let place = kept.place();
            let before = decryption::read(&cluster.api, &place).await;
            let before = before.map_err(|refusal| cannot("read", &place, cluster, &refusal))?;
            steps.push(step(kept, before));
        }
        Ok(Self(steps))
    }

    /// What is to be done with a Secret, by its number.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Refuses to write over what differs.
    ///
    /// # Errors
    /// When a Secret of the cluster has other values.
    pub(crate) fn demand_no_change(&self, bundle: &Bundle) -> Result<()> {
        let changes = self.0.iter().zip(&bundle.items);
        let changes = changes.filter(|(step, _)| matches!(step, Step::Change(..)));
        let names: Vec<String> = changes.map(|(_, kept)| kept.place().to_string()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let names = names.join(", ");
        Err(
            Failure::new(format!("the cluster has other values: {names}"))
                .hint("keep what is there first: flux sops-age backup -o FILE")
                .hint("then write over it: --replace (entries that the backup lacks stay)")
                .exit(Exit::Failed),
        )
    }

    /// Does what is to be done.
    ///
    /// # Errors
    /// When the cluster refuses; what was done until then stays, and the same command goes on from there.
    pub(crate) async fn carry_out(&self, cluster: &Cluster, bundle: &Bundle) -> Result<()> {
        for (step, kept) in self.0.iter().zip(&bundle.items) {
            let place = kept.place();
            let done = match step {
                Step::Keep => continue,
                Step::Create => create(cluster, kept).await,
                Step::Change(before, names) => change(cluster, kept, before, names).await,
            };
            done.map_err(|refusal| cannot("write", &place, cluster, &refusal))?;
            cli::note!("restored: Secret {place}");
        }
        Ok(())
    }
}

fn cannot(doing: &str, place: &Place, cluster: &Cluster, refusal: &Refusal) -> Failure {
    refused(&format!("{doing} Secret {place}"), &cluster.server, refusal)
}

fn step(kept: &Kept, before: Option<AgeSecret>) -> Step {
    let Some(before) = before else {
        return Step::Create;
    };
    let differs = kept.data.iter().filter(|(name, value)| {
        before
            .entry(name)
            .is_none_or(|entry| entry.value != value.0)
    });
    let names: Vec<String> = differs.map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        Step::Keep
    } else {
        Step::Change(Box::new(before), names)
    }
}

async fn create(cluster: &Cluster, kept: &Kept) -> Result<(), Refusal> {
    let place = kept.place();
    decryption::ensure_namespace(&cluster.api, &place.namespace).await?;
    let text = text(kept)?;
    cluster
        .api
        .create(&place.list_path(), &text)
        .await
        .map(drop)
}

#[derive(Serialize)]
struct Patch<'a> {
    metadata: Version<'a>,
    data: BTreeMap<&'a str, &'a Base64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'a> {
    resource_version: &'a str,
}

async fn change(
    cluster: &Cluster,
    kept: &Kept,
    before: &AgeSecret,
    names: &[String],
) -> Result<(), Refusal> {
    let place = kept.place();
    let entries = kept.data.iter().filter(|(name, _)| names.contains(name));
    let patch = text(&Patch {
        metadata: Version {
            resource_version: &before.resource_version,
        },
        data: entries
            .map(|(name, value)| (name.as_str(), value))
            .collect(),
    })?;
    cluster.api.merge(&place.path(), &patch).await.map(drop)
}

fn text<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    to_json(value).map_err(|_| Refusal::Unreadable("the Secret cannot be written down".to_owned()))
}
