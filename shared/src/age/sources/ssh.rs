//! ssh keys as identities.

use std::env;
use std::path::Path;

use age_core::secrecy::SecretString;
use zeroize::Zeroizing;

use super::{run, variable};
use crate::age::Ask;
use crate::age::keyring::{Held, Keyring};

/// Looks where ssh keys are named, and where they usually are.
pub(super) fn collect(keyring: &mut Keyring, ask: &Ask) {
    match env::var_os("SOPS_AGE_SSH_PRIVATE_KEY_FILE") {
        Some(path) => ssh_file(Path::new(&path), keyring, ask),
        None => keyring
            .absent
            .push("SOPS_AGE_SSH_PRIVATE_KEY_FILE".to_owned()),
    }
    if let Some(command) = variable("SOPS_AGE_SSH_PRIVATE_KEY_CMD") {
        let ask = ask.clone();
        keyring.fetch.push(Box::new(move |recipient| {
            let name = "SOPS_AGE_SSH_PRIVATE_KEY_CMD";
            let out = run(&command, recipient)?;
            Ok(vec![ssh_key(name, &out, &ask)?])
        }));
    } else {
        keyring
            .absent
            .push("SOPS_AGE_SSH_PRIVATE_KEY_CMD".to_owned());
    }
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    for name in home.iter().flat_map(|_| ["id_ed25519", "id_rsa"]) {
        let path = Path::new(home.as_deref().unwrap_or_default())
            .join(".ssh")
            .join(name);
        if path.exists() {
            ssh_file(&path, keyring, ask);
        } else {
            keyring.absent.push(path.display().to_string());
        }
    }
}

fn ssh_file(path: &Path, keyring: &mut Keyring, ask: &Ask) {
    let name = path.display().to_string();
    let read = std::fs::read(path)
        .map_err(|error| format!("{name}: {}", crate::failure::io(&error)))
        .map(Zeroizing::new)
        .and_then(|bytes| ssh_key(&name, &bytes, ask));
    match read {
        Ok(held) => keyring.held.push(held),
        Err(why) => keyring.problems.push(why),
    }
}

fn ssh_key(name: &str, bytes: &[u8], ask: &Ask) -> Result<Held, String> {
    let identity = age::ssh::Identity::from_buffer(bytes, Some(name.to_owned()))
        .map_err(|_| format!("{name}: it is no ssh private key"))?;
    if let age::ssh::Identity::Unsupported(_) = identity {
        return Err(format!(
            "{name}: ssh keys of this kind are not supported by age"
        ));
    }
    let callbacks = Callbacks(ask.clone());
    Ok(Held::Ssh(Box::new(identity.with_callbacks(callbacks))))
}

/// Asks for the passphrase of an ssh key.
#[derive(Clone)]
struct Callbacks(Ask);

impl age::Callbacks for Callbacks {
    fn display_message(&self, _: &str) {}

    fn confirm(&self, _: &str, _: &str, _: Option<&str>) -> Option<bool> {
        None
    }

    fn request_public_string(&self, _: &str) -> Option<String> {
        None
    }

    fn request_passphrase(&self, description: &str) -> Option<SecretString> {
        (self.0)(description)
    }
}
