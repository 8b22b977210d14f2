//! The proof of the first phase: each of the two keys opens what is encrypted for it.

use shared::age::{Identity, Keyring};
use shared::decryption::AgeSecret;
use shared::failure::{Exit, Failure, Result};
use shared::sops::data_key;

use super::Scene;
use crate::commands::rotate_key::RotateKey;
use crate::commands::rotate_key::identity::Held;
use crate::tree::Tree;

impl Scene {
    /// Sees that each key alone, as the clusters have it now, opens every file that is for both.
    pub(in crate::commands::rotate_key) async fn prove_both(
        &self,
        arguments: &RotateKey,
    ) -> Result<()> {
        let back = arguments.command("--abort");
        // Read anew: they were written meanwhile.
        let tree = super::tree(&self.repository)?;
        for target in &self.targets {
            for before in &target.secrets {
                let secret = target.cluster.secret(&before.place).await?;
                let identities = secret.iter().flat_map(AgeSecret::identities);
                let identities: Vec<Identity> = identities.cloned().collect();
                for held in [&self.old, &self.new] {
                    let mut own = identities.clone();
                    own.retain(|one| one.recipient() == held.recipient);
                    // Another run may have taken the old one from this cluster already.
                    if own.is_empty() && held.recipient == self.old.recipient {
                        continue;
                    }
                    opens_all(&tree, held, &Keyring::of(own)).map_err(|why| {
                        Failure::new(format!(
                            "the key in Secret {} does not open {why}",
                            before.place
                        ))
                        .hint(format!("run the same command again, or go back: {back}"))
                        .exit(Exit::Failed)
                    })?;
                }
            }
        }
        Ok(())
    }
}

/// Opens the data key of every file that names a key; an error names the first that stays closed.
fn opens_all(tree: &Tree, held: &Held, keyring: &Keyring) -> Result<(), String> {
    let of_key = tree
        .sealed()
        // A key group more is for others to open.
        .filter(|(_, sealed)| sealed.metadata.groups.len() == 1)
        .filter(|(_, sealed)| sealed.metadata.is_for(&held.recipient));
    for (file, sealed) in of_key {
        data_key::open(&sealed.metadata, keyring)
            .map_err(|failure| format!("{}: {failure}", file.name))?;
    }
    Ok(())
}
