//! The verbs: one file each, with its arguments, its help and its code.

mod backup;
mod bootstrap;
mod check;
mod decrypt;
mod edit;
mod encrypt;
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
mod set;
mod unset;
mod updatekeys;

use clap::Subcommand;
use cli::deferred::Deferred;
use cli::explain::Explain;
use shared::failure::{Exit, Result};

use crate::arguments::Global;
use crate::checks::CATALOG;

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
    Bootstrap(Deferred<Box<bootstrap::Bootstrap>>),
    /// Make an age key, or print the public keys of private ones
    Keygen(Deferred<keygen::Keygen>),
    /// Keep a cluster's age keys and sealing keys in one encrypted file
    Backup(Deferred<backup::Backup>),
    /// Check encrypted files and keys: who opens them, are they whole, what is not encrypted
    Check(Deferred<check::Check>),
    /// Encrypt files
    Encrypt(Deferred<encrypt::Encrypt>),
    /// Decrypt files
    Decrypt(Deferred<decrypt::Decrypt>),
    /// Edit an encrypted file
    Edit(Deferred<edit::Edit>),
    /// Make a Kubernetes Secret, encrypted from the start
    Secret(Deferred<secret::Secret>),
    /// Set one value of an encrypted file
    Set(Deferred<set::Set>),
    /// Take a value or part out of an encrypted file
    Unset(Deferred<unset::Unset>),
    /// Bring the keys of a backup back, once they have opened a file
    Restore(Deferred<restore::Restore>),
    /// Encrypt files anew under new data keys
    Rotate(Deferred<rotate::Rotate>),
    /// Replace the age key of cluster and repository, in two phases
    RotateKey(Deferred<Box<rotate_key::RotateKey>>),
    /// Re-encrypt the data keys of files for the recipients that .sops.yaml names
    Updatekeys(Deferred<updatekeys::Updatekeys>),
    /// Explain what a check looks for and how to mend it
    Explain(Deferred<Explain>),
    /// Tell whether a file is encrypted
    Filestatus(Deferred<filestatus::Filestatus>),
}

impl Command {
    /// Does what the verb says.
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        match self {
            Self::Bootstrap(Deferred(verb)) => verb.run(global),
            Self::Keygen(Deferred(verb)) => verb.run(),
            Self::Backup(Deferred(verb)) => verb.run(),
            Self::Restore(Deferred(verb)) => verb.run(),
            Self::Check(Deferred(verb)) => verb.run(global),
            Self::Encrypt(Deferred(verb)) => verb.run(global),
            Self::Decrypt(Deferred(verb)) => verb.run(global),
            Self::Secret(Deferred(verb)) => verb.run(global),
            Self::Edit(Deferred(verb)) => verb.run(global),
            Self::Set(Deferred(verb)) => verb.run(global),
            Self::Unset(Deferred(verb)) => verb.run(global),
            Self::Rotate(Deferred(verb)) => verb.run(global),
            Self::RotateKey(Deferred(verb)) => verb.run(global),
            Self::Updatekeys(Deferred(verb)) => verb.run(global),
            Self::Explain(Deferred(verb)) => verb.run(&CATALOG),
            Self::Filestatus(Deferred(verb)) => verb.run(global),
        }
    }
}
