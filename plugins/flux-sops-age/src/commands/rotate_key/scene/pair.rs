//! Which two keys it is about: those of the rotation that is under way, those that are named, else those that the
//! rules and the clusters have, and a new one.

use shared::age::{Identity, shown};
use shared::failure::{Failure, Result};
use shared::sops::rules::Config;

use crate::commands::rotate_key::RotateKey;
use crate::commands::rotate_key::identity::{self, Held};
use crate::commands::rotate_key::journal::{Goal, Journal};
use crate::key_file::KeyFile;
use crate::tree::Tree;

/// Where keys are looked for.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) config: &'a Config,
    pub(super) tree: &'a Tree,
    pub(super) key_file: &'a KeyFile,
    pub(super) in_clusters: &'a [Identity],
}

/// The old key and the new one.
pub(super) fn find(
    arguments: &RotateKey,
    goal: Goal,
    under_way: Option<&Journal>,
    places: Places<'_>,
) -> Result<(Held, Held)> {
    let named: Vec<String> = places
        .config
        .recipients()
        .iter()
        .map(|one| one.name().to_owned())
        .collect();
    let hold = |recipient: &str| Held::find(recipient, places.key_file, places.in_clusters);
    let (old, new) = match (under_way, &arguments.old) {
        (Some(journal), _) => (journal.old.clone(), Some(journal.new.clone())),
        (None, Some(old)) => (old.clone(), arguments.new.clone()),
        (None, None) if goal == Goal::Both => (
            identity::old(&named, places.in_clusters)?,
            arguments.new.clone(),
        ),
        (None, None) => {
            return Err(Failure::new("no rotation is under way here")
                .hint("begin one: flux sops-age rotate-key")
                .hint("or name the keys of one that was begun elsewhere: --old PUBLIC-KEY --new PUBLIC-KEY"));
        }
    };
    let new = match new {
        Some(new) => {
            let held = hold(&new);
            let mut files = places.tree.sealed();
            let is_used =
                named.contains(&new) || files.any(|(_, sealed)| sealed.metadata.is_for(&new));
            match held.identity {
                // A run ended between writing down what it would make and keeping it: nobody uses it.
                None if under_way.is_some() && goal == Goal::Both && !is_used => {
                    Held::new(&arguments.new_key.make()?)
                }
                _ => held,
            }
        }
        None if goal == Goal::Both => Held::new(&arguments.new_key.make()?),
        None => {
            return Err(Failure::new("the new key is not named").hint("name it: --new PUBLIC-KEY"));
        }
    };
    if old == new.recipient {
        return Err(Failure::new(format!(
            "the new key is the old one: {}",
            shown(&old)
        )));
    }
    Ok((hold(&old), new))
}
