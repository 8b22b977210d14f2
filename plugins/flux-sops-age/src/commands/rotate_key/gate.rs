//! Whether the clusters have reconciled revisions that can do without a key.
//!
//! A Kustomization says which revision it applied last; the clone says what that commit holds. What cannot be told
//! counts as needing the key.

use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

use shared::decryption::User;
use shared::facts::meta::condition;
use shared::failure::Result;
use shared::sops::{Document, Format};

use super::RotateKey;
use super::identity::shown;
use super::scene::Scene;
use crate::clusters;
use crate::repository::{Repository, encrypted, git};
use crate::targets::looks_encrypted;

/// What the encrypted files of a revision must be like.
pub(super) struct Rule {
    /// Files that name this key are looked at.
    key: String,
    /// They are good where they name this one too; where it is none, they are not.
    or: Option<String>,
    /// Files of a revision are good only where some name the key.
    must_be_there: bool,
}

impl Rule {
    /// No file names the key.
    pub(super) fn lacks(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            or: None,
            must_be_there: false,
        }
    }

    /// Every file that names the key names the other one, too.
    pub(super) fn can_do_without(key: &str, other: &str) -> Self {
        Self {
            or: Some(other.to_owned()),
            ..Self::lacks(key)
        }
    }

    /// Files name the key.
    pub(super) fn names(key: &str) -> Self {
        Self {
            or: Some(key.to_owned()),
            must_be_there: true,
            ..Self::lacks(key)
        }
    }

    /// What a commit has against it; nothing where it is good.
    fn against(&self, repository: &Repository, commit: &str) -> Option<String> {
        if !repository.is_git {
            return Some("this is no Git tree, so that nobody can tell what it holds".to_owned());
        }
        let Some(files) = git::files_with(&repository.root, commit, &self.key) else {
            return Some("this clone does not have that commit: git fetch".to_owned());
        };
        let mut names: Vec<(&String, bool)> = files
            .iter()
            .filter(|(_, bytes)| looks_encrypted(bytes))
            .filter_map(|(name, bytes)| {
                let read = Document::read_encrypted(bytes, Format::of_path(name.as_ref()));
                let (_, metadata) = read.ok()?;
                let is_named = encrypted::names(&metadata, &self.key);
                let or = self
                    .or
                    .as_ref()
                    .is_some_and(|or| encrypted::names(&metadata, or));
                is_named.then_some((name, or))
            })
            .collect();
        names.sort();
        if self.must_be_there && names.is_empty() {
            return Some(format!(
                "no file of it is encrypted for {}",
                shown(&self.key)
            ));
        }
        let bad = names.iter().find(|(_, is_good)| !is_good);
        bad.map(|(name, _)| format!("its {name} is encrypted for {}", shown(&self.key)))
    }
}

/// A Kustomization that is waited for.
pub(super) struct Waiting {
    who: String,
    why: String,
}

/// The Kustomizations that decrypt with the Secrets of the rotation and have not reconciled what the rule wants.
pub(super) async fn waiting(
    arguments: &RotateKey,
    scene: &Scene,
    rule: &Rule,
) -> Result<Vec<Waiting>> {
    let connection = arguments.connection.connection();
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let mut waiting = Vec::new();
    let now = clusters::ask(&connection).await?;
    for (cluster, target) in now.iter().zip(&scene.targets) {
        let uses = |user: &&User| {
            let place = user.secret.as_ref();
            place.is_some_and(|place| target.secrets.iter().any(|secret| secret.place == *place))
        };
        for user in cluster.decryption.users.iter().filter(uses) {
            let kustomization = &user.kustomization;
            let meta = &kustomization.metadata;
            let (revision, not_ready) = revision(user);
            let why = not_ready.or_else(|| {
                let commit = commit(&revision);
                let is_vouched = |known: &String| {
                    *known == revision || commit.is_some_and(|commit| known.len() >= 7 && commit.starts_with(known.as_str()))
                };
                if arguments.rekeyed_revision.iter().any(is_vouched) {
                    return None;
                }
                let Some(commit) = commit else {
                    return Some(format!("nobody can tell what its revision holds; where you can: --rekeyed-revision {revision}"));
                };
                let against = known
                    .entry(commit.to_owned())
                    .or_insert_with(|| rule.against(&scene.repository, commit));
                against.clone()
            });
            if let Some(why) = why {
                let of = cluster.of_several(now.len());
                let suspended = if kustomization.spec.suspend {
                    " (suspended)"
                } else {
                    ""
                };
                let at = if revision.is_empty() {
                    String::new()
                } else {
                    format!(" at {revision}")
                };
                waiting.push(Waiting {
                    who: format!(
                        "Kustomization {}/{}{of}{suspended}{at}",
                        meta.namespace, meta.name
                    ),
                    why,
                });
            }
        }
    }
    Ok(waiting)
}

/// The same, asked again until nobody is waited for, where that is wanted.
pub(super) async fn wait(
    arguments: &RotateKey,
    scene: &Scene,
    rule: &Rule,
) -> Result<Vec<Waiting>> {
    const PAUSE: std::time::Duration = std::time::Duration::from_secs(3);
    let start = Instant::now();
    loop {
        let waiting = waiting(arguments, scene, rule).await?;
        if waiting.is_empty() || !arguments.wait || start.elapsed() > arguments.timeout {
            return Ok(waiting);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The revision that was applied last, and why it is not the last word.
fn revision(user: &User) -> (String, Option<String>) {
    let status = &user.kustomization.status;
    let revision = match status.last_applied_origin_revision.as_str() {
        "" => &status.last_applied_revision,
        origin => origin,
    };
    let ready = condition(&status.conditions, "Ready");
    let is_current = status.observed_generation == user.kustomization.metadata.generation;
    let why = match ready {
        None => Some("it has not reconciled yet".to_owned()),
        Some(ready) if !ready.is_true() => Some(format!("it is not ready: {}", ready.message)),
        Some(_) if !is_current => Some("it has not looked at its newest spec yet".to_owned()),
        Some(_) if revision.is_empty() => Some("it has applied nothing yet".to_owned()),
        Some(_) => None,
    };
    (revision.to_owned(), why)
}

/// The commit of `main@sha1:HASH` and of the older `main/HASH`.
fn commit(revision: &str) -> Option<&str> {
    let hash = match revision.rsplit_once("sha1:") {
        Some((_, hash)) => hash,
        None => revision.rsplit('/').next()?,
    };
    let is_hash =
        matches!(hash.len(), 40 | 64) && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

/// Prints who is waited for, and why.
pub(super) fn tell(waiting: &[Waiting], what: &str, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "\n{what}:")?;
    for Waiting { who, why } in waiting {
        writeln!(out, "  {}", shared::render::clean(who))?;
        writeln!(out, "    {}", shared::render::clean(why))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_commit_can_be_looked_into() {
        let hash = "6e5ab5445327683c1f0f5a1b2c3d4e5f60718293";
        assert_eq!(commit(&format!("main@sha1:{hash}")), Some(hash));
        assert_eq!(commit(&format!("main/{hash}")), Some(hash));
        assert_eq!(commit("v1.2.3@sha256:0123"), None);
        assert_eq!(commit(""), None);
    }
}
