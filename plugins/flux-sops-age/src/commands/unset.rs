//! `unset`: takes a value or part out of an encrypted file.

use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::{Document, exit, file, path};

use super::{io, open};
use crate::cli::{Formats, Global};
use crate::session::Session;

/// Arguments of `unset`.
#[derive(Debug, Args)]
pub(crate) struct Unset {
    /// The file, and the path in it ('["stringData"]["password"]')
    #[arg(value_name = "FILE PATH", num_args = 0..)]
    words: Vec<String>,

    /// Do nothing where there is no such value
    #[arg(long)]
    idempotent: bool,

    #[command(flatten)]
    formats: Formats,

    /// Take a file whose MAC does not fit as it is
    #[arg(long)]
    ignore_mac: bool,

    /// The order of kinds of keys; only age keys are opened here
    #[arg(long, value_name = "KINDS", env = "SOPS_DECRYPTION_ORDER")]
    decryption_order: Option<String>,
}

impl Unset {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        super::order::check(self.decryption_order.as_deref())?;
        let [name, at] = self.words.as_slice() else {
            return Err(Failure::new("a file and a path are needed").exit(exit::NO_FILE));
        };
        let steps = path::parse(at).map_err(|failure| failure.exit(exit::SET_FORMAT))?;
        let name = PathBuf::from(name);
        self.change(&name, &steps, &session)
            .map_err(|failure| failure.of(&name))
    }

    fn change(&self, name: &Path, steps: &[path::Step], session: &Session) -> Result<Exit> {
        let bytes = io::read(name, exit::READ)?;
        let (mut document, mut metadata) =
            Document::read_encrypted(&bytes, self.formats.input(name))?;
        let opened = file::open(
            &mut document,
            &metadata,
            session.keyring(),
            open::on_mismatch(self.ignore_mac),
        )?;
        open::tell_plain_comments(&opened, name);
        let Some(root) = document.roots.first_mut() else {
            return Err(Failure::new("the file holds no document").exit(exit::DUMP));
        };
        let is_there = path::get(root, steps).is_ok();
        if !is_there && self.idempotent {
            return Ok(Exit::Passed);
        }
        path::unset(root, steps)?;
        file::seal(&mut document, &mut metadata, &opened.key, &opened.nonces)?;
        let output = self.formats.output(name);
        let text = document.write_encrypted(&metadata, output, &session.layout)?;
        io::replace(name, &text)?;
        Ok(Exit::Passed)
    }
}
