//! The clusters that a run is about: those of `--context`, else the current one, and how they decrypt.

mod key_secret;
mod origin;
mod post_quantum;
mod seen;

use std::collections::BTreeSet;

use futures::future::join_all;
use shared::decryption::{self, AgeSecret, Decryption, Place};
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::flux_source::GitRepository;
use shared::facts::{Facts, Kind};
use shared::failure::{Exit, Failure, Result};
use shared::kube::{self, Connection, Refusal};
use shared::source;

pub(crate) use key_secret::{Form, KeySecret};
pub(crate) use post_quantum::refuse_unreadable;
pub(crate) use seen::{Seen, look};

/// What tells how a cluster decrypts.
const DECRYPTION: [Kind; 2] = [Kind::Kustomization, Kind::Deployment];

/// A cluster, and how it decrypts.
pub(crate) struct Cluster {
    /// The context's name.
    pub(crate) name: String,
    pub(crate) connected: kube::Cluster,
    pub(crate) decryption: Decryption,
    facts: Facts,
}

/// Connects to all clusters and asks how they decrypt, side by side.
///
/// # Errors
/// When one of them does not answer: a key that only some have is worse than none.
pub(crate) async fn ask(connection: &Connection) -> Result<Vec<Cluster>> {
    let answers = ask_each(connection, &[Kind::GitRepository]).await?;
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The same, for each its own answer, with the context that was named. More kinds may be read with those that tell.
///
/// # Errors
/// When there is no such context.
async fn ask_each<'a>(
    connection: &'a Connection,
    more: &[Kind],
) -> Result<Vec<(Option<&'a str>, Result<Cluster>)>> {
    kube::find_contexts(connection)?;
    let wanted: BTreeSet<Kind> = DECRYPTION.iter().chain(more).copied().collect();
    let contexts: Vec<Option<&str>> = match connection.contexts.as_slice() {
        [] => vec![None],
        named => named.iter().map(|name| Some(name.as_str())).collect(),
    };
    let asked = contexts
        .into_iter()
        .map(async |context| (context, ask_one(connection, context, &wanted).await));
    Ok(join_all(asked).await)
}

async fn ask_one(
    connection: &Connection,
    context: Option<&str>,
    wanted: &BTreeSet<Kind>,
) -> Result<Cluster> {
    let connected = kube::connect(connection, context).await?;
    let facts = source::read_kinds_of(&connected, wanted).await?;
    Ok(Cluster {
        name: connected.name.clone(),
        decryption: Decryption::of_facts(&facts),
        connected,
        facts,
    })
}

impl Cluster {
    /// Reads a Secret; none where there is none.
    async fn read(&self, place: &Place) -> Result<Option<AgeSecret>, Refusal> {
        decryption::read(&self.connected.api, place).await
    }

    /// Reads a Secret; none where there is none.
    ///
    /// # Errors
    /// When the cluster does not say.
    pub(crate) async fn secret(&self, place: &Place) -> Result<Option<AgeSecret>> {
        self.read(place).await.map_err(|refusal| {
            let doing = format!("read Secret {place}");
            decryption::refused(&doing, &self.connected.server, &refusal)
        })
    }

    /// Refuses a cluster that does not tell who decrypts, and with which Secret: whoever is not seen may need any key.
    ///
    /// # Errors
    /// When Kustomizations could not be looked at, or the controller's flags where one of them goes by these.
    pub(crate) fn refuse_unseen(&self) -> Result<()> {
        match self.decryption.unseen() {
            Some(gap) => Err(Failure::new(format!(
                "cannot see who decrypts in the cluster: {}: {}",
                self.connected.server, gap.message
            ))
            .hint("a key leaves a cluster only when nobody there needs it: all Kustomizations must be readable, and kustomize-controller's flags where one names no Secret")
            .exit(Exit::Incomplete)),
            None => Ok(()),
        }
    }

    /// The Git repository that a Kustomization is built from; nothing where it is none, or is not known.
    pub(crate) fn source(&self, kustomization: &Kustomization) -> Option<&GitRepository> {
        let source = &kustomization.spec.source_ref;
        let namespace = kustomization.metadata.namespace_of(&source.namespace);
        let mut all = self.facts.all::<GitRepository>().iter();
        all.find(|one| {
            let meta = &one.metadata;
            source.kind == "GitRepository"
                && meta.name.as_str() == source.name.as_str()
                && meta.namespace.as_str() == namespace
        })
    }

    /// ` of CONTEXT` where there are several.
    pub(crate) fn of_several(&self, all: usize) -> String {
        match all {
            1 => String::new(),
            _ => format!(" of {}", self.name),
        }
    }
}
