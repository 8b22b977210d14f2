//! Reads clusters: the kinds that are wanted, of all contexts side by side.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::join_all;
use jiff::Timestamp;

use super::json_list::JsonList;
use super::secret_rows::{QUERY as SECRETS, SecretRows};
use super::{customs, runtime, secrets};
use crate::facts::{AnyFact, Fact, Facts, Gap, Kind, Lists, Reason, for_kind};
use crate::failure::{Failure, Result};
use crate::kube::{self, Api, Cluster, Connection, Discovery, Encoding, Refusal, list};

/// Reads the wanted kinds of every context that is named, or of the current one.
///
/// A context of several that cannot be read leaves facts in which every kind has a gap.
///
/// # Errors
/// When no context can be read.
pub fn read_clusters(flags: &Connection, wanted: &BTreeSet<Kind>) -> Result<Vec<Facts>> {
    runtime::run(read_all(flags, wanted))
}

/// Reads every context that is named, or the current one.
pub(super) async fn read_all(flags: &Connection, wanted: &BTreeSet<Kind>) -> Result<Vec<Facts>> {
    match flags.contexts.as_slice() {
        [] => Ok(vec![read_cluster(flags, None, wanted).await?]),
        [one] => Ok(vec![read_cluster(flags, Some(one), wanted).await?]),
        several => read_several(flags, several, wanted).await,
    }
}

async fn read_several(
    flags: &Connection,
    contexts: &[String],
    wanted: &BTreeSet<Kind>,
) -> Result<Vec<Facts>> {
    let reads = contexts
        .iter()
        .map(|context| read_cluster(flags, Some(context), wanted));
    let mut all = Vec::new();
    let mut failures = Vec::new();
    for (context, read) in contexts.iter().zip(join_all(reads).await) {
        match read {
            Ok(mut facts) => {
                facts.cluster = Some(context.clone());
                all.push(facts);
            }
            Err(failure) => {
                all.push(unreachable(context, &failure));
                failures.push(failure);
            }
        }
    }
    match failures.pop() {
        Some(failure) if failures.len() + 1 == contexts.len() => Err(failure),
        _ => Ok(all),
    }
}

/// What is known of a context that cannot be read: nothing.
fn unreachable(context: &str, failure: &Failure) -> Facts {
    let mut lists = Lists::default();
    for kind in Kind::ALL {
        for_kind!(*kind, F => {
            F::listing_mut(&mut lists).gap = Some(Gap::new(Reason::Unreachable, failure.to_string()));
        });
    }
    Facts::new(Some(context.to_owned()), Timestamp::now(), true, lists)
}

async fn read_cluster(
    flags: &Connection,
    context: Option<&str>,
    wanted: &BTreeSet<Kind>,
) -> Result<Facts> {
    let cluster = kube::connect(flags, context).await?;
    read_kinds_of(&cluster, wanted).await
}

/// Reads the wanted kinds of a cluster.
///
/// # Errors
/// When the cluster says nothing at all.
pub async fn read_kinds_of(cluster: &Cluster, wanted: &BTreeSet<Kind>) -> Result<Facts> {
    let discovery = Discovery::of(&cluster.api)
        .await
        .map_err(|refusal| no_answer(&cluster.server, &refusal))?;
    let lists = read_kinds(&cluster.api, &discovery, wanted)
        .await
        .map_err(|refusal| no_answer(&cluster.server, &refusal))?;
    Ok(Facts::new(None, Timestamp::now(), true, lists))
}

/// Why a cluster cannot be read at all.
fn no_answer(server: &str, refusal: &Refusal) -> Failure {
    let why = refusal.message();
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
        Refusal::Unreachable(_) | Refusal::Timeout(_) => Failure::new(format!(
            "cannot reach the cluster: {server}: {why}"
        ))
        .hint("check the context and the network, or read files with --from PATH or --repo DIR"),
        Refusal::NotFound(_) | Refusal::Conflict(_) | Refusal::Gone(_) | Refusal::Unreadable(_) => {
            Failure::new(format!(
                "the cluster gives no usable answer: {server}: {why}"
            ))
            .hint("check the server of the kubeconfig's cluster")
        }
    }
}

/// What was read of a kind, and what could not be.
pub(super) struct Part {
    pub(super) items: Vec<AnyFact>,
    pub(super) gap: Option<Gap>,
}

async fn read_kinds(
    api: &Api,
    discovery: &Discovery,
    wanted: &BTreeSet<Kind>,
) -> Result<Lists, Refusal> {
    let reads = wanted.iter().map(|kind| async move {
        let part = match kind {
            Kind::Custom => customs::read(api, discovery).await,
            Kind::Secret => read_kind(api, discovery, *kind, SECRETS, SecretRows).await,
            kind => read_kind(api, discovery, *kind, "", JsonList).await,
        };
        part.map(|part| (*kind, part))
    });
    let mut lists = Lists::default();
    for read in join_all(reads).await {
        let (kind, part) = read?;
        part.items.into_iter().for_each(|item| lists.push(item));
        for_kind!(kind, F => F::listing_mut(&mut lists).gap = part.gap);
    }
    secrets::look_into(api, discovery, &mut lists).await?;
    Ok(lists)
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

/// What a refusal leaves out; who is not known any more cannot go on at all.
pub(super) fn gap_of(refusal: Option<Refusal>) -> Result<Option<Gap>, Refusal> {
    match refusal {
        Some(Refusal::Unauthorized(why)) => Err(Refusal::Unauthorized(why)),
        other => Ok(other.as_ref().map(Refusal::gap)),
    }
}
