//! What was computed, written down in an order that may end anywhere.

use std::io::Write;

use shared::age::{Identity, shown};
use shared::decryption::{self, AgeSecret};
use shared::failure::Result;
use shared::secret::Secret;

use super::{Work, needed};
use crate::batch;
use crate::commands::rotate_key::scene::Scene;
use crate::io;
use crate::key_file;

impl Work {
    /// Writes it all down.
    pub(in crate::commands::rotate_key) async fn carry_out(
        &self,
        scene: &mut Scene,
        out: &mut impl Write,
    ) -> Result<()> {
        if needed(scene).is_new || scene.to_be_kept().is_some() {
            scene.key_file.refuse_git()?;
        }
        scene.journal.save(&scene.repository)?;
        if let Some(identity) = scene.to_be_kept().cloned() {
            scene.key_file.add(&identity, "Git's history")?;
            tell(
                out,
                &format!(
                    "kept the cluster's key in {}: {}",
                    scene.key_file.path.display(),
                    shown(&identity.recipient())
                ),
            );
        }
        if scene.new.is_new {
            let identity = scene.new.identity()?.clone();
            let purpose = format!("in the place of {}", shown(&scene.old.recipient));
            scene.key_file.add(&identity, &purpose)?;
            tell(
                out,
                &format!(
                    "made a key, kept in {}: {}",
                    scene.key_file.path.display(),
                    shown(&scene.new.recipient)
                ),
            );
        }
        for (cluster, index) in &self.lacking {
            let identity = needed(scene).identity()?.clone();
            let several = scene.targets.len();
            let target = &mut scene.targets[*cluster];
            let of = target.cluster.of_several(several);
            let secret = &mut target.secrets[*index];
            *secret = add(&target.cluster.connected, secret, &identity).await?;
            tell(
                out,
                &format!("added the key to Secret {}{of}", secret.place),
            );
        }
        for config in &self.configs {
            let found = Some(config.found.as_bytes());
            io::replace_planned(&config.path, found, config.text.as_bytes())?;
            let path = scene.repository.shown(&config.path);
            tell(out, &format!("changed {path}: {}", self.for_whom()));
        }
        batch::replace_planned(&self.files)?;
        if !self.files.is_empty() {
            tell(
                out,
                &format!("files encrypted {}: {}", self.for_whom(), self.files.len()),
            );
        }
        Ok(())
    }
}

async fn add(
    cluster: &shared::kube::Cluster,
    before: &AgeSecret,
    identity: &Identity,
) -> Result<AgeSecret> {
    let text = key_file::entry(identity, &format!("Secret {}", before.place));
    let data_key = decryption::data_key(Some(before), &identity.recipient());
    let entries = [(data_key, Secret::from(text.as_str()))];
    let added = decryption::add(&cluster.api, &before.place, Some(before), &entries).await;
    added.map_err(|refusal| {
        decryption::refused(
            &format!("apply Secret {}", before.place),
            &cluster.server,
            &refusal,
        )
    })
}

/// Says that something was done. Where nobody listens, it is done all the same.
fn tell(out: &mut impl Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
