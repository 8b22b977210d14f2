//! Which key it is: one that is there, or a new one.

use shared::age::Identity;
use shared::failure::{Failure, Result};
use shared::sops::rules::Config;

use super::scene::{Scene, Target};
use super::{Bootstrap, malformed};
use crate::cluster::{self, Cluster};

/// The key that cluster and repository get.
pub(super) struct Key {
    pub(super) identity: Identity,
    /// Whether it is to be kept on this machine.
    pub(super) is_new: bool,
}

impl Key {
    fn taken(identity: &Identity) -> Self {
        Self {
            identity: identity.clone(),
            is_new: false,
        }
    }

    /// The public key.
    pub(super) fn recipient(&self) -> String {
        self.identity.recipient()
    }
}

/// Chooses the key: what a flag names, what the cluster has, what the repository names, what a run that was cut
/// short has made; else a new one.
pub(super) fn key(arguments: &Bootstrap, scene: &Scene) -> Result<Key> {
    let key = find(arguments, scene)?;
    let clusters: Vec<&Cluster> = scene.targets.iter().map(|target| &target.cluster).collect();
    cluster::refuse_unreadable(&key.recipient(), &clusters)?;
    Ok(key)
}

fn find(arguments: &Bootstrap, scene: &Scene) -> Result<Key> {
    for target in &scene.targets {
        malformed::refuse(target)?;
    }
    let in_clusters = of_clusters(scene)?;
    match existing(arguments, &in_clusters, scene)? {
        Some(identity) => Ok(Key::taken(identity)),
        None => Ok(Key {
            identity: arguments.new.make()?,
            is_new: true,
        }),
    }
}

fn existing<'a>(
    arguments: &Bootstrap,
    in_clusters: &'a [Identity],
    scene: &'a Scene,
) -> Result<Option<&'a Identity>> {
    if let Some(wanted) = &arguments.recipient {
        return asked_for(wanted, in_clusters, scene).map(Some);
    }
    if arguments.key_file.is_some()
        && let Some(identity) = in_file(scene)?
    {
        return Ok(Some(identity));
    }
    let rules = scene.config.iter().flat_map(Config::recipients);
    let named: Vec<String> = rules.map(|one| one.name().to_owned()).collect();
    if let Some(identity) = in_use(in_clusters, &named, scene)? {
        return Ok(Some(identity));
    }
    // What a run that was cut short has made goes before what is there for other ends.
    match scene.key_file.made_for(&scene.purpose()) {
        Some(identity) => Ok(Some(identity)),
        None => at_hand(&named, scene),
    }
}

/// The one that a flag names by its public key.
fn asked_for<'a>(
    wanted: &str,
    in_clusters: &'a [Identity],
    scene: &'a Scene,
) -> Result<&'a Identity> {
    let mut all = in_clusters.iter().chain(scene.key_file.identities());
    let found = all.find(|identity| identity.recipient() == wanted);
    found.ok_or_else(|| {
        let file = scene.key_file.path.display();
        Failure::new(format!(
            "neither the cluster nor {file} has the private key of: {wanted}"
        ))
    })
}

/// The only one of the file that a flag names.
fn in_file(scene: &Scene) -> Result<Option<&Identity>> {
    let file = scene.key_file.path.display().to_string();
    only(scene.key_file.identities().iter().collect(), &file)
}

/// The one that the clusters have, or that of them which the rules name.
fn in_use<'a>(
    in_clusters: &'a [Identity],
    named: &[String],
    scene: &Scene,
) -> Result<Option<&'a Identity>> {
    let all: Vec<&Identity> = in_clusters.iter().collect();
    match in_named(&all, named).as_slice() {
        [one] => Ok(Some(one)),
        _ => only(all, &format!("Secret {}", scene.place)),
    }
}

/// The one on this machine that the rules name.
fn at_hand<'a>(named: &[String], scene: &'a Scene) -> Result<Option<&'a Identity>> {
    let all: Vec<&Identity> = scene.key_file.identities().iter().collect();
    let rules = scene.repository.shown(&scene.repository.config_path);
    only(in_named(&all, named), &rules)
}

fn in_named<'a>(all: &[&'a Identity], named: &[String]) -> Vec<&'a Identity> {
    let mut all = all.to_vec();
    all.retain(|identity| named.contains(&identity.recipient()));
    all
}

/// The one that there is.
fn only<'a>(all: Vec<&'a Identity>, place: &str) -> Result<Option<&'a Identity>> {
    match all.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => {
            let names: Vec<String> = several.iter().map(|one| one.recipient()).collect();
            Err(
                Failure::new(format!("{place} has several keys: {}", names.join(", ")))
                    .hint("say which: --recipient PUBLIC-KEY"),
            )
        }
    }
}

/// The identities that all clusters have, under whatever name.
fn of_clusters(scene: &Scene) -> Result<Vec<Identity>> {
    let of = |target: &Target| -> Vec<Identity> {
        let entries = target.secret.iter().flat_map(|secret| &secret.entries);
        entries
            .flat_map(|entry| entry.content.identities())
            .cloned()
            .collect()
    };
    let mut with_some = scene.targets.iter().filter(|target| !of(target).is_empty());
    let Some(first) = with_some.next() else {
        return Ok(Vec::new());
    };
    let mut common = of(first);
    for target in with_some {
        let others: Vec<String> = of(target).iter().map(Identity::recipient).collect();
        common.retain(|identity| others.contains(&identity.recipient()));
        if common.is_empty() {
            return Err(Failure::new(format!(
                "the clusters have different keys in Secret {}: {}, {}",
                scene.place, first.cluster.name, target.cluster.name
            ))
            .hint("bootstrap them one after the other: --context NAME"));
        }
    }
    Ok(common)
}
