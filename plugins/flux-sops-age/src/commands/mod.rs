//! The verbs: one file each, with its arguments, its help and its code.

mod backup;
mod bootstrap;
mod check;
mod decrypt;
mod edit;
mod encrypt;
mod explain;
mod filestatus;
mod keygen;
mod open;
mod order;
mod recipients;
mod restore;
mod revise;
mod rotate;
mod rotate_key;
mod secret;
mod selection;
mod set;
mod unset;
mod updatekeys;

use clap::Subcommand;
use shared::failure::{Exit, Result};

use crate::arguments::Global;

/// The names of all verbs.
pub(crate) const NAMES: [&str; 16] = [
    "backup",
    "bootstrap",
    "check",
    "decrypt",
    "edit",
    "encrypt",
    "explain",
    "filestatus",
    "keygen",
    "restore",
    "rotate",
    "rotate-key",
    "secret",
    "set",
    "unset",
    "updatekeys",
];

/// A verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a cluster and a repository decrypt: key, Secret, rule and Kustomizations
    Bootstrap(Box<bootstrap::Bootstrap>),
    /// Make an age key, or print the public keys of private ones
    Keygen(keygen::Keygen),
    /// Keep a cluster's age keys and sealing keys in one encrypted file
    Backup(backup::Backup),
    /// Judge encrypted files and keys: for whom, whole, and what is in plain
    Check(check::Check),
    /// Encrypt files
    Encrypt(encrypt::Encrypt),
    /// Decrypt files
    Decrypt(decrypt::Decrypt),
    /// Edit an encrypted file
    Edit(edit::Edit),
    /// Make a Kubernetes Secret, encrypted from the start
    Secret(secret::Secret),
    /// Set one value of an encrypted file
    Set(set::Set),
    /// Take a value or part out of an encrypted file
    Unset(unset::Unset),
    /// Bring the keys of a backup back, once they have opened a file
    Restore(restore::Restore),
    /// Encrypt files anew under new data keys
    Rotate(rotate::Rotate),
    /// Replace the age key of cluster and repository, in two phases
    RotateKey(Box<rotate_key::RotateKey>),
    /// Encrypt the data keys of files for the recipients that .sops.yaml names
    Updatekeys(updatekeys::Updatekeys),
    /// Print what a check of check means
    Explain(explain::Explain),
    /// Tell whether a file is encrypted
    Filestatus(filestatus::Filestatus),
}

impl Command {
    /// Does what the verb says.
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        match self {
            Self::Bootstrap(verb) => verb.run(global),
            Self::Keygen(verb) => verb.run(),
            Self::Backup(verb) => verb.run(),
            Self::Restore(verb) => verb.run(),
            Self::Check(verb) => verb.run(global),
            Self::Encrypt(verb) => verb.run(global),
            Self::Decrypt(verb) => verb.run(global),
            Self::Secret(verb) => verb.run(global),
            Self::Edit(verb) => verb.run(global),
            Self::Set(verb) => verb.run(global),
            Self::Unset(verb) => verb.run(global),
            Self::Rotate(verb) => verb.run(global),
            Self::RotateKey(verb) => verb.run(global),
            Self::Updatekeys(verb) => verb.run(global),
            Self::Explain(verb) => verb.run(),
            Self::Filestatus(verb) => verb.run(global),
        }
    }
}
