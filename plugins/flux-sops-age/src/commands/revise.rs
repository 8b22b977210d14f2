//! What `set` and `unset` share: a file is opened, changed at one place and sealed under the key that it has.

use std::path::Path;

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::tree::Item;
use shared::sops::{Document, exit, file};

use super::open::Opening;
use crate::arguments::Formats;
use crate::batch::{self, Outcome};
use crate::io;
use crate::session::Session;

/// How the file is read and written.
#[derive(Debug, Args)]
pub(super) struct Revision {
    #[command(flatten)]
    formats: Formats,

    #[command(flatten)]
    opening: Opening,
}

impl Revision {
    /// Refuses what age keys alone cannot do.
    ///
    /// # Errors
    /// When kinds of keys are named that are none.
    pub(super) fn check(&self) -> Result<()> {
        self.opening.check()
    }

    /// Changes the file. Where `change` says that nothing is to be written, it stays as it is.
    ///
    /// # Errors
    /// When it cannot be opened, changed or written, with sops's statuses and the file's name.
    pub(super) fn revise(
        &self,
        name: &Path,
        session: &Session,
        change: impl Fn(&mut Document, &Formats) -> Result<bool>,
    ) -> Result<Exit> {
        batch::alone(name, |name| self.apply(name, session, &change))
            .map_err(|failure| failure.of(name))?;
        Ok(Exit::Passed)
    }

    fn apply(
        &self,
        name: &Path,
        session: &Session,
        change: impl Fn(&mut Document, &Formats) -> Result<bool>,
    ) -> Result<Outcome> {
        let found = io::read(name, exit::READ)?;
        let (mut document, mut metadata) =
            Document::read_encrypted(&found, self.formats.input(name))?;
        let opened = self.opening.open(&mut document, &metadata, name, session)?;
        if !change(&mut document, &self.formats)? {
            return Ok(Outcome::Kept("nothing is to be changed"));
        }
        file::seal(&mut document, &mut metadata, &opened.key, &opened.nonces)?;
        let output = self.formats.output(name);
        let text = document.write_encrypted(&metadata, output, &session.layout)?;
        Ok(Outcome::New {
            found,
            text: text.into(),
            what: String::new(),
        })
    }
}

/// The first document, which is the one that is changed.
///
/// # Errors
/// When there is none.
pub(super) fn root(document: &mut Document) -> Result<&mut Vec<Item>> {
    let first = document.roots.first_mut();
    first.ok_or_else(|| Failure::new("the file holds no document").exit(exit::DUMP))
}
