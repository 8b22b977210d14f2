//! What is missing, written down, in an order in which each write may be the last.

use std::io::Write;

use shared::age::shown;
use shared::decryption::{self, AgeSecret};
use shared::failure::Result;
use shared::secret::Secret;

use super::{Added, Plan};
use crate::commands::bootstrap::Bootstrap;
use crate::commands::bootstrap::choose::Key;
use crate::commands::bootstrap::scene::{Scene, Target};
use crate::io;
use crate::key_file;

impl Plan {
    /// Does it, and says what was done.
    pub(in crate::commands::bootstrap) async fn carry_out(
        &self,
        arguments: &Bootstrap,
        scene: &mut Scene,
        key: &Key,
        out: &mut impl Write,
    ) -> Result<()> {
        self.keep_key(scene, key, out)?;
        let several = scene.targets.len();
        for (index, target) in scene.targets.iter_mut().enumerate() {
            let of = target.cluster.of_several(several);
            let cluster = &target.cluster.connected;
            let namespace = &scene.place.namespace;
            if self.namespaces.contains(&index) && arguments.create_namespace {
                let made = decryption::ensure_namespace(&cluster.api, namespace).await;
                made.map_err(|refusal| {
                    let doing = format!("make namespace {namespace}");
                    decryption::refused(&doing, &cluster.server, &refusal)
                })?;
                tell(out, &format!("made namespace {namespace}{of}"));
            }
            let Some(added) = self.added.iter().find(|added| added.target == index) else {
                continue;
            };
            target.secret = Some(apply(target, &scene.place, added, key).await?);
            tell(
                out,
                &format!("applied Secret {}{of}: {}", scene.place, added.data_key),
            );
        }
        self.write_files(out)
    }

    fn keep_key(&self, scene: &mut Scene, key: &Key, out: &mut impl Write) -> Result<()> {
        if key.is_new {
            let purpose = scene.purpose();
            scene.key_file.add(&key.identity, &purpose)?;
            tell(
                out,
                &format!(
                    "made a key, kept in {}: {}",
                    scene.key_file.path.display(),
                    shown(&key.recipient())
                ),
            );
        }
        Ok(())
    }

    /// Keeps the key and writes the files, where somebody else applies the Secret.
    pub(in crate::commands::bootstrap) fn carry_out_without_cluster(
        &self,
        scene: &mut Scene,
        key: &Key,
        out: &mut impl Write,
    ) -> Result<()> {
        self.keep_key(scene, key, out)?;
        self.write_files(out)
    }

    fn write_files(&self, out: &mut impl Write) -> Result<()> {
        for edit in &self.edits {
            let found = edit.found.as_deref().map(str::as_bytes);
            io::replace_planned(&edit.path, found, edit.text.as_bytes())?;
            tell(out, &edit.done());
        }
        Ok(())
    }
}

/// Says that something was done. Where nobody listens, it is done all the same.
fn tell(out: &mut impl Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

async fn apply(
    target: &Target,
    place: &decryption::Place,
    added: &Added,
    key: &Key,
) -> Result<AgeSecret> {
    let cluster = &target.cluster.connected;
    let text = key_file::entry(&key.identity, &format!("Secret {place}"));
    let entries = [(added.data_key.clone(), Secret::from(text.as_str()))];
    let applied = decryption::add(&cluster.api, place, target.secret.as_ref(), &entries).await;
    applied.map_err(|refusal| {
        decryption::refused(&format!("apply Secret {place}"), &cluster.server, &refusal)
    })
}
