//! What checks see of a cluster: no private key of it outlives its reading.

use std::collections::{BTreeMap, BTreeSet};

use shared::decryption::{Controller, Place, User};
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Facts, Gap, Kind, Reason};
use shared::failure::Result;
use shared::kube::{self, Connection};
use shared::source;

use super::{Cluster, KeySecret, ask_each, origin};
use crate::tree::Coverage;

/// A cluster, as far as decryption goes.
pub(crate) struct Seen {
    /// Its context, where several clusters are looked at.
    pub(crate) name: Option<String>,
    /// The Kustomizations that decrypt, and with which Secret.
    pub(crate) users: Vec<User>,
    /// The Kustomizations that do not.
    pub(crate) others: Vec<Kustomization>,
    /// What is known of each Secret that is decrypted with.
    pub(crate) secrets: BTreeMap<Place, KeySecret>,
    /// Why Kustomizations could not be looked at.
    pub(crate) gap: Option<Gap>,
    /// Why the controller's flags could not be looked at.
    pub(crate) controller_gap: Option<Gap>,
    /// Which files of the tree each Kustomization builds, by `NAMESPACE/NAME`.
    coverage: BTreeMap<String, Vec<usize>>,
}

impl Seen {
    /// The numbers of the files of the tree that a Kustomization builds.
    pub(crate) fn files(&self, kustomization: &Kustomization) -> &[usize] {
        let files = self.coverage.get(&key(kustomization));
        files.map_or(&[], Vec::as_slice)
    }

    /// A cluster that could not be asked.
    fn unreachable(name: &str, why: &str) -> Self {
        let gap = Gap::new(Reason::Unreachable, why);
        Self {
            name: Some(name.to_owned()),
            users: Vec::new(),
            others: Vec::new(),
            secrets: BTreeMap::new(),
            gap: Some(gap.clone()),
            controller_gap: Some(gap),
            coverage: BTreeMap::new(),
        }
    }
}

fn key(kustomization: &Kustomization) -> String {
    let meta = &kustomization.metadata;
    format!("{}/{}", meta.namespace, meta.name)
}

/// Asks every context that is named, or the current one; `remotes` are the addresses of the repository.
///
/// # Errors
/// When there is no such context, or no cluster answers.
pub(crate) fn look(
    flags: &Connection,
    coverage: &Coverage<'_>,
    remotes: &[String],
) -> Result<Vec<Seen>> {
    source::run(async {
        let several = flags.contexts.len() > 1;
        let mut all = Vec::new();
        let mut failed = Vec::new();
        for (context, answer) in ask_each(flags, &[Kind::GitRepository]).await? {
            let seen = match answer {
                Ok(cluster) => Seen::of(cluster, coverage, remotes).await,
                Err(failure) => Err(failure),
            };
            match seen {
                Ok(mut seen) => {
                    seen.name = context.filter(|_| several).map(str::to_owned);
                    all.push(seen);
                }
                Err(failure) => {
                    let name = context.unwrap_or_default();
                    all.push(Seen::unreachable(name, &failure.to_string()));
                    failed.push(failure);
                }
            }
        }
        match failed.pop() {
            Some(failure) if failed.len() + 1 == all.len() => {
                Err(failure.hint("without a cluster: --offline"))
            }
            _ => Ok(all),
        }
    })
}

impl Seen {
    /// Takes what may be known of a cluster.
    async fn of(cluster: Cluster, coverage: &Coverage<'_>, remotes: &[String]) -> Result<Self> {
        let mut secrets = BTreeMap::new();
        for place in cluster.decryption.secrets() {
            let secret = match cluster.read(&place).await {
                Ok(Some(secret)) => KeySecret::of(&secret),
                Ok(None) => KeySecret::Missing(Vec::new()),
                Err(refusal) => {
                    let gap = refusal.gap();
                    let why = format!("Secret {place}: {}", gap.message);
                    KeySecret::Unseen(Gap::new(gap.reason, why))
                }
            };
            secrets.insert(place, secret);
        }
        look_elsewhere(&cluster.connected, &mut secrets).await?;
        let found = cluster.decryption;
        let ours = origin::ours(&cluster.facts, remotes);
        let all = found.users.iter().map(|user| &user.kustomization);
        let all = all.chain(&found.others).filter(|one| ours(one));
        let coverage = all.map(|one| (key(one), coverage.below(&one.spec.path)));
        Ok(Self {
            name: None,
            coverage: coverage.collect(),
            secrets,
            gap: found.gap,
            controller_gap: found
                .controller_gap
                .or_else(|| no_controller(found.controller.as_ref())),
            users: found.users,
            others: found.others,
        })
    }
}

/// Where there is no controller to be found, its flags are not known.
fn no_controller(controller: Option<&Controller>) -> Option<Gap> {
    let why = "no Deployment kustomize-controller";
    controller
        .is_none()
        .then(|| Gap::new(Reason::NotInstalled, why))
}

/// Of Secrets that are not where they should be, the namespaces in which there is one of that name.
async fn look_elsewhere(
    cluster: &kube::Cluster,
    secrets: &mut BTreeMap<Place, KeySecret>,
) -> Result<()> {
    let is_missing = |secret: &KeySecret| matches!(secret, KeySecret::Missing(_));
    if !secrets.values().any(is_missing) {
        return Ok(());
    }
    // Names alone: values are never listed.
    let facts: Facts = source::read_kinds_of(cluster, &BTreeSet::from([Kind::Secret])).await?;
    for (place, secret) in secrets.iter_mut() {
        let KeySecret::Missing(elsewhere) = secret else {
            continue;
        };
        let named = facts.all::<Secret>().iter().map(|other| &other.metadata);
        let namespaces = named.filter(|meta| meta.name == place.name);
        elsewhere.extend(namespaces.map(|meta| meta.namespace.clone()));
    }
    Ok(())
}
