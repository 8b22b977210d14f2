//! A key leaves the Secrets of the clusters.

use std::io::Write;

use shared::age::shown;
use shared::decryption::{self, AgeSecret, Entry};
use shared::failure::{Exit, Failure, Result};
use shared::secret::Secret;
use zeroize::Zeroizing;

use super::journal::Goal;
use super::scene::Scene;
use crate::key_file::KeyFile;

/// Takes the key that goes from every Secret of the rotation; never from one that lacks the key that stays,
/// and never what the key file does not have.
pub(super) async fn all(scene: &mut Scene, out: &mut impl Write) -> Result<()> {
    let (gone, stays) = match scene.journal.goal {
        Goal::Old => (scene.new.recipient.clone(), scene.old.recipient.clone()),
        Goal::New | Goal::Both => (scene.old.recipient.clone(), scene.new.recipient.clone()),
    };
    let kept = KeyFile::open(Some(&scene.key_file.path))?;
    let is_kept = kept.find(&gone).is_some();
    let several = scene.targets.len();
    for target in &mut scene.targets {
        let of = target.cluster.of_several(several);
        for secret in &mut target.secrets {
            let Some(now) = target.cluster.secret(&secret.place).await? else {
                return Err(
                    Failure::new(format!("Secret {}{of} is gone", secret.place)).exit(Exit::Failed)
                );
            };
            let entries = without(&now, &gone);
            if entries.is_empty() {
                continue;
            }
            if !now.recipients().contains(&stays) {
                return Err(Failure::new(format!(
                    "Secret {}{of} lacks the key that is to stay",
                    secret.place
                ))
                .hint("somebody has changed it meanwhile: run the same command again")
                .exit(Exit::Failed));
            }
            if !is_kept {
                return Err(Failure::new(format!(
                    "the private key is not in {}: {}",
                    kept.path.display(),
                    shown(&gone)
                ))
                .hint(format!(
                    "without it nobody reads Git's history: keep it there first; Secret {}{of} has it",
                    secret.place
                ))
                .exit(Exit::Failed));
            }
            let cluster = &target.cluster.connected;
            let removed = decryption::remove(&cluster.api, &now, &entries).await;
            *secret = removed.map_err(|refusal| {
                let doing = format!("change Secret {}", now.place);
                decryption::refused(&doing, &cluster.server, &refusal)
            })?;
            let _ = writeln!(out, "took the key from Secret {}{of}", secret.place);
        }
    }
    Ok(())
}

/// What becomes of the data keys that hold an identity, read by the controller or not.
fn without(secret: &AgeSecret, gone: &str) -> Vec<(String, Option<Secret>)> {
    let holding = secret.entries.iter().filter(|entry| {
        let mut identities = entry.content.identities().iter();
        identities.any(|one| one.recipient() == gone)
    });
    holding
        .map(|entry| (entry.data_key.clone(), rest(entry, gone)))
        .collect()
}

/// The text without one identity; nothing where it held no other.
fn rest(entry: &Entry, gone: &str) -> Option<Secret> {
    let text = entry.value.text().unwrap_or_default();
    let mut left = Zeroizing::new(String::with_capacity(text.len()));
    let mut has_other = false;
    for line in text.lines() {
        let is_key = !line.is_empty() && !line.starts_with('#');
        let is_gone = shared::age::parse_identity(line.trim_end())
            .is_ok_and(|identity| identity.recipient() == gone);
        if is_gone || (line.starts_with('#') && line.contains(gone)) {
            continue;
        }
        has_other |= is_key;
        left.push_str(line);
        left.push('\n');
    }
    has_other.then(|| Secret::from(left.as_str()))
}
