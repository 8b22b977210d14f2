//! What the verbs that open files share.

use std::path::Path;

use clap::Args;
use shared::failure::Result;
use shared::sops::file::{self, OnMacMismatch, Opened};
use shared::sops::{Document, Metadata};

use super::order;
use crate::session::Session;

/// How files are opened.
#[derive(Debug, Args)]
pub(super) struct Opening {
    /// Open a file even where its MAC does not match
    #[arg(long)]
    ignore_mac: bool,

    /// The order of kinds of keys; only age keys are opened here
    #[arg(
        long,
        value_name = "KINDS",
        env = "SOPS_DECRYPTION_ORDER",
        hide_env_values = true
    )]
    decryption_order: Option<String>,
}

impl Opening {
    /// Refuses what sops refuses.
    ///
    /// # Errors
    /// When the order names a kind of keys twice.
    pub(super) fn check(&self) -> Result<()> {
        order::check(self.decryption_order.as_deref())
    }

    /// Decrypts a file in place with the keys at hand, and warns of comments that stayed plain.
    ///
    /// # Errors
    /// When no key opens it, a value cannot be decrypted, or the MAC does not match.
    pub(super) fn open(
        &self,
        document: &mut Document,
        metadata: &Metadata,
        name: &Path,
        session: &Session,
    ) -> Result<Opened> {
        let on_mismatch = if self.ignore_mac {
            OnMacMismatch::Ignore
        } else {
            OnMacMismatch::Fail
        };
        let opened = file::open(document, metadata, session.keyring(), on_mismatch)?;
        tell_plain_comments(&opened, name);
        Ok(opened)
    }
}

/// Warns of comments that should be encrypted and are not.
fn tell_plain_comments(opened: &Opened, name: &Path) {
    if opened.plain_comments > 0 {
        cli::note!(
            "warning: {}: comments that should be encrypted and are not, or cannot be opened: {}",
            name.display(),
            opened.plain_comments
        );
    }
}
