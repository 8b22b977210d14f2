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
    let in_cluster = of_clusters(scene)?;
    if let Some(wanted) = &arguments.recipient {
        let found = in_cluster
            .iter()
            .chain(scene.key_file.identities())
            .find(|identity| identity.recipient() == *wanted);
        return found.map(Key::taken).ok_or_else(|| {
            Failure::new(format!(
                "neither the cluster nor {} has the private key of: {wanted}",
                scene.key_file.path.display()
            ))
        });
    }
    if arguments.key_file.is_some() {
        match scene.key_file.identities() {
            [] => {}
            [one] => return Ok(Key::taken(one)),
            _ => {
                return Err(several(
                    &scene.key_file.path.display().to_string(),
                    scene.key_file.identities(),
                ));
            }
        }
    }
    let named = named_by_rules(scene);
    let is_named = |identity: &&Identity| named.contains(&identity.recipient());
    match in_cluster.as_slice() {
        [] => {}
        [one] => return Ok(Key::taken(one)),
        all => {
            return match all.iter().filter(is_named).collect::<Vec<_>>().as_slice() {
                [one] => Ok(Key::taken(one)),
                _ => Err(several(&format!("Secret {}", scene.place), all)),
            };
        }
    }
    // What a run that was cut short has made goes before what is there for other ends.
    if let Some(identity) = scene.key_file.made_for(&scene.purpose()) {
        return Ok(Key::taken(identity));
    }
    let at_hand: Vec<&Identity> = scene
        .key_file
        .identities()
        .iter()
        .filter(is_named)
        .collect();
    match at_hand.as_slice() {
        [] => Ok(Key {
            identity: arguments.new.make()?,
            is_new: true,
        }),
        [one] => Ok(Key::taken(one)),
        all => Err(several(
            &scene.repository.shown(&scene.repository.config_path),
            &all.iter().copied().cloned().collect::<Vec<_>>(),
        )),
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

fn named_by_rules(scene: &Scene) -> Vec<String> {
    let named = scene.config.iter().flat_map(Config::recipients);
    named.map(|one| one.name().to_owned()).collect()
}

fn several(place: &str, identities: &[Identity]) -> Failure {
    let names: Vec<String> = identities.iter().map(Identity::recipient).collect();
    Failure::new(format!("{place} has several keys: {}", names.join(", ")))
        .hint("say which: --recipient PUBLIC-KEY")
}
