//! Which key it is: one that is there, or a new one.

use shared::age::{self, Identity};
use shared::decryption::{AgeSecret, Content, Controller};
use shared::failure::{Context, Exit, Failure, Result};

use super::scene::{Scene, Target};
use super::{Bootstrap, stop};

/// The key that cluster and repository get.
pub(super) struct Key {
    pub(super) recipient: String,
    /// The private key; nothing where only the cluster has it.
    pub(super) identity: Option<Identity>,
    /// Whether it is to be kept on this machine.
    pub(super) is_new: bool,
}

impl Key {
    fn taken(identity: &Identity) -> Self {
        Self {
            recipient: identity.recipient(),
            identity: Some(identity.clone()),
            is_new: false,
        }
    }
}

/// Chooses the key: what a flag names, what the cluster has, what the repository names, what a run that was cut
/// short has made; else a new one.
pub(super) fn key(arguments: &Bootstrap, scene: &Scene) -> Result<Key> {
    let key = find(arguments, scene)?;
    refuse_unreadable(&key, scene)?;
    Ok(key)
}

fn find(arguments: &Bootstrap, scene: &Scene) -> Result<Key> {
    for target in &scene.targets {
        refuse_malformed(target)?;
    }
    let in_cluster = of_clusters(scene)?;
    if let Some(wanted) = &arguments.recipient {
        let found = in_cluster
            .iter()
            .chain(scene.key_file.identities())
            .find(|identity| identity.recipient() == *wanted);
        return found.map(Key::taken).ok_or_else(|| {
            stop(format!(
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
    if let Some(identity) = scene.key_file.made_for(&purpose(scene)) {
        return Ok(Key::taken(identity));
    }
    let at_hand: Vec<&Identity> = scene
        .key_file
        .identities()
        .iter()
        .filter(is_named)
        .collect();
    match at_hand.as_slice() {
        [] => new(arguments.pq),
        [one] => Ok(Key::taken(one)),
        all => Err(several(
            &scene.repository.shown(&scene.repository.config_path),
            &all.iter().copied().cloned().collect::<Vec<_>>(),
        )),
    }
}

fn new(post_quantum: bool) -> Result<Key> {
    let identity = if post_quantum {
        Identity::generate_post_quantum().context("cannot make a key")?
    } else {
        Identity::generate()
    };
    Ok(Key {
        is_new: true,
        ..Key::taken(&identity)
    })
}

/// What the key is made for, as the key file says it.
pub(super) fn purpose(scene: &Scene) -> String {
    scene.repository.config_path.display().to_string()
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
            return Err(stop(format!(
                "the clusters have different keys in Secret {}: {}, {}",
                scene.place, first.cluster.name, target.cluster.name
            ))
            .hint("bootstrap them one after the other: --context NAME"));
        }
    }
    Ok(common)
}

fn named_by_rules(scene: &Scene) -> Vec<String> {
    let Some(config) = &scene.config else {
        return Vec::new();
    };
    let rules = (0..config.len()).filter_map(|index| config.rule(index).ok().flatten());
    rules
        .flat_map(|rule| rule.groups)
        .flat_map(|group| group.recipients)
        .map(|recipient| recipient.name().to_owned())
        .collect()
}

/// The controller reads no key of a Secret in which one is malformed.
fn refuse_malformed(target: &Target) -> Result<()> {
    let Some(secret) = &target.secret else {
        return Ok(());
    };
    let odd = secret
        .entries
        .iter()
        .find_map(|entry| match &entry.content {
            Content::Malformed(why) => Some((entry, why)),
            _ => None,
        });
    match odd {
        Some((entry, why)) => Err(stop(format!(
            "Secret {} has a key that nobody can read: {}: {why}",
            secret.place, entry.data_key
        ))
        .hint(remedy(secret, &entry.data_key))
        .exit(Exit::Failed)),
        None => Ok(()),
    }
}

fn remedy(secret: &AgeSecret, data_key: &str) -> String {
    format!(
        "mend it, or take it out: kubectl -n {} patch secret {} --type=json -p '[{{\"op\":\"remove\",\"path\":\"/data/{}\"}}]'",
        secret.place.namespace,
        secret.place.name,
        data_key.replace('~', "~0").replace('/', "~1")
    )
}

fn several(place: &str, identities: &[Identity]) -> Failure {
    let names: Vec<String> = identities.iter().map(Identity::recipient).collect();
    stop(format!("{place} has several keys: {}", names.join(", ")))
        .hint("say which: --recipient PUBLIC-KEY")
}

/// A post-quantum key is none for a controller before 1.9: it would read none of the Secret's keys.
fn refuse_unreadable(key: &Key, scene: &Scene) -> Result<()> {
    if !age::Recipient::parse(&key.recipient)?.is_post_quantum() {
        return Ok(());
    }
    for target in &scene.targets {
        let controller = target.cluster.decryption.controller.as_ref();
        if controller.and_then(Controller::reads_post_quantum) == Some(false) {
            let tag = controller.map_or("", |controller| &controller.tag);
            return Err(stop(format!(
                "kustomize-controller{} is too old for a post-quantum key: {tag}",
                target.cluster.of_several(scene.targets.len())
            ))
            .hint("upgrade Flux to 2.9 or later, or leave --pq out")
            .exit(Exit::Failed));
        }
    }
    Ok(())
}
