//! The clusters that a run is about: those of `--context`, else the current one.

use futures::future::join_all;
use shared::decryption::{self, AgeSecret, Decryption, Place};
use shared::failure::Result;
use shared::kube::{self, Connection};

/// A cluster, and how it decrypts.
pub(crate) struct Cluster {
    /// The context's name.
    pub(crate) name: String,
    pub(crate) connected: kube::Cluster,
    pub(crate) decryption: Decryption,
}

/// Connects to all clusters and asks how they decrypt, side by side.
///
/// # Errors
/// When one of them does not answer: a key that only some have is worse than none.
pub(crate) async fn ask(connection: &Connection) -> Result<Vec<Cluster>> {
    let contexts: Vec<Option<&str>> = match connection.contexts.as_slice() {
        [] => vec![None],
        named => named.iter().map(|name| Some(name.as_str())).collect(),
    };
    let asked = contexts
        .into_iter()
        .map(|context| ask_one(connection, context));
    join_all(asked).await.into_iter().collect()
}

async fn ask_one(connection: &Connection, context: Option<&str>) -> Result<Cluster> {
    let connected = kube::connect(connection, context).await?;
    let decryption = Decryption::of(&connected).await?;
    Ok(Cluster {
        name: connected.name.clone(),
        connected,
        decryption,
    })
}

impl Cluster {
    /// Reads a Secret; none where there is none.
    ///
    /// # Errors
    /// When the cluster does not say.
    pub(crate) async fn secret(&self, place: &Place) -> Result<Option<AgeSecret>> {
        let read = decryption::read(&self.connected.api, place).await;
        read.map_err(|refusal| {
            decryption::refused(
                &format!("read Secret {place}"),
                &self.connected.server,
                &refusal,
            )
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
