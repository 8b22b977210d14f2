//! Reads clusters: the kinds that are wanted, of all contexts side by side.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::join_all;
use jiff::Timestamp;

use super::contexts::{known, of_each_context};
use super::json_list::JsonList;
use super::part::{Part, gap_of};
use super::protobuf::ProtobufList;
use super::secret_rows::{QUERY as SECRETS, SecretRows};
use super::{customs, runtime, secrets};
use crate::facts::{AnyFact, Facts, Kind, Lists};
use crate::failure::{Failure, Result};
use crate::kube::{self, Api, Cluster, Connection, Discovery, Encoding, Refusal, list};

/// Reads the wanted kinds of every context that is named, or of the current one.
///
/// A context of several that cannot be read leaves facts in which every kind has a gap.
///
/// # Errors
/// When no context can be read.
pub fn read_clusters(flags: &Connection, wanted: &BTreeSet<Kind>) -> Result<Vec<Facts>> {
    let read = async |context: Option<&str>| reach(flags, context).await?.read(wanted).await;
    runtime::run(async {
        let all = of_each_context(flags, read).await?.into_iter();
        Ok(all.map(known).collect())
    })
}

/// Reads the wanted kinds of a cluster.
///
/// # Errors
/// When the cluster says nothing at all.
pub async fn read_kinds_of(cluster: &Cluster, wanted: &BTreeSet<Kind>) -> Result<Facts> {
    Reached::new(cluster).await?.read(wanted).await
}

/// Connects to a context and asks what is served there.
pub(super) async fn reach(flags: &Connection, context: Option<&str>) -> Result<Reached> {
    Reached::new(&kube::connect(flags, context).await?).await
}

/// A cluster that has told what it serves.
pub(super) struct Reached {
    pub(super) api: Api,
    pub(super) discovery: Discovery,
    server: String,
}

impl Reached {
    async fn new(cluster: &Cluster) -> Result<Self> {
        let discovery = Discovery::of(&cluster.api)
            .await
            .map_err(|refusal| no_answer(&cluster.server, &refusal))?;
        Ok(Self {
            api: cluster.api.clone(),
            discovery,
            server: cluster.server.clone(),
        })
    }

    /// Reads the wanted kinds.
    pub(super) async fn read(&self, wanted: &BTreeSet<Kind>) -> Result<Facts> {
        let lists = read_kinds(&self.api, &self.discovery, wanted)
            .await
            .map_err(|refusal| self.failure(&refusal))?;
        Ok(Facts::new(None, Timestamp::now(), true, lists))
    }

    /// Reads one kind.
    pub(super) async fn read_kind(&self, kind: Kind) -> Result<Part> {
        let part = of_kind(&self.api, &self.discovery, kind).await;
        part.map_err(|refusal| self.failure(&refusal))
    }

    /// Why nothing more is to be had here.
    pub(super) fn failure(&self, refusal: &Refusal) -> Failure {
        no_answer(&self.server, refusal)
    }
}

/// Why a cluster cannot be read at all.
fn no_answer(server: &str, refusal: &Refusal) -> Failure {
    let why = refusal.message();
    match refusal.busy_or_failing() {
        Some(429) => {
            return Failure::new(format!(
                "the cluster is too busy to answer: {server}: {why}"
            ))
            .hint("try again later");
        }
        Some(_) => {
            return Failure::new(format!("the cluster's API server fails: {server}: {why}"))
                .hint("try again later, or look into the log of the API server");
        }
        None => {}
    }
    match refusal {
        Refusal::Unauthorized(_) => Failure::new(format!(
            "the cluster does not accept the credentials: {server}: {why}"
        ))
        .hint("log in again, or check the user of the kubeconfig's context"),
        Refusal::Forbidden(_) => Failure::new(format!(
            "the cluster does not say what it serves: {server}: {why}"
        ))
        .hint("grant the ClusterRole system:discovery"),
        Refusal::Unreachable(_) if why.contains("certificate") => Failure::new(format!(
            "the cluster's certificate is not trusted: {server}: {why}"
        ))
        .hint("check the certificate-authority of the kubeconfig's cluster, or --tls-server-name"),
        Refusal::Unreachable(_) | Refusal::Timeout(_) => {
            Failure::new(format!("cannot reach the cluster: {server}: {why}"))
                .hint("check the context and the network")
        }
        Refusal::NotFound(_) | Refusal::Conflict(_) | Refusal::Gone(_) | Refusal::Unreadable(_) => {
            Failure::new(format!(
                "the cluster gives no usable answer: {server}: {why}"
            ))
            .hint("check the server of the kubeconfig's cluster")
        }
    }
}

/// The lists that a server mostly takes longest to write: they go through the connections that are open already.
const LONGEST: [Kind; 4] = [
    Kind::Kustomization,
    Kind::HelmRelease,
    Kind::Application,
    Kind::Pod,
];

async fn read_kinds(
    api: &Api,
    discovery: &Discovery,
    wanted: &BTreeSet<Kind>,
) -> Result<Lists, Refusal> {
    // First what the server must write as JSON: that takes it longest by far.
    let mut kinds: Vec<Kind> = wanted.iter().copied().collect();
    kinds.sort_by_key(|kind| (!LONGEST.contains(kind), ProtobufList::of(*kind).is_some()));
    let reads = kinds.into_iter().map(|kind| async move {
        let part = of_kind(api, discovery, kind).await;
        part.map(|part| (kind, part))
    });
    let mut lists = Lists::default();
    for read in join_all(reads).await {
        let (kind, part) = read?;
        part.items.into_iter().for_each(|item| lists.push(item));
        *lists.gap_mut(kind) = part.gap;
    }
    secrets::look_into(api, discovery, &mut lists).await?;
    Ok(lists)
}

async fn of_kind(api: &Api, discovery: &Discovery, kind: Kind) -> Result<Part, Refusal> {
    match kind {
        Kind::Custom => customs::read(api, discovery).await,
        Kind::Secret => read_kind(api, discovery, kind, SECRETS, SecretRows).await,
        kind => match ProtobufList::of(kind) {
            Some(encoding) => read_kind(api, discovery, kind, "", encoding).await,
            None => read_kind(api, discovery, kind, "", JsonList).await,
        },
    }
}

async fn read_kind<E: Encoding<Item = AnyFact>>(
    api: &Api,
    discovery: &Discovery,
    kind: Kind,
    query: &str,
    encoding: E,
) -> Result<Part, Refusal> {
    let encoding = Arc::new(encoding);
    let (places, gap) = discovery.places(kind);
    let mut part = Part {
        items: Vec::new(),
        gap,
    };
    for place in places {
        let listed = list(api, &place.path(), query, &encoding).await;
        part.items.extend(listed.items);
        part.gap = part.gap.or(gap_of(listed.refusal)?);
    }
    Ok(part)
}
