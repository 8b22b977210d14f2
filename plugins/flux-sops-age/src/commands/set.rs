//! `set`: one value of an encrypted file.

use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::path::{self, Set as WasSet};
use shared::sops::tree::Value;
use shared::sops::{Document, exit, file, json};

use super::{encrypt, io, open};
use crate::cli::{Formats, Global};
use crate::session::Session;

/// Arguments of `set`.
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The file, the path in it ('["stringData"]["password"]'), and the value in JSON, or the file that holds it
    #[arg(value_name = "FILE PATH VALUE", num_args = 0.., allow_negative_numbers = true)]
    words: Vec<String>,

    /// The value is the name of a file that holds it
    #[arg(long)]
    value_file: bool,

    /// Read the value from standard input
    #[arg(long)]
    value_stdin: bool,

    /// Leave the file alone where it holds that value already
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

impl Set {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        super::order::check(self.decryption_order.as_deref())?;
        if self.value_file && self.value_stdin {
            return Err(
                Failure::new("cannot use --value-file and --value-stdin together")
                    .exit(exit::GENERIC),
            );
        }
        let (name, at, value) = match (self.words.as_slice(), self.value_stdin) {
            ([name, at, value], false) => (name, at, Some(value)),
            ([name, at], true) => (name, at, None),
            _ => {
                return Err(Failure::new("a file, a path and a value are needed")
                    .hint("a value is best piped in, where nobody sees it: --value-stdin")
                    .exit(exit::NO_FILE));
            }
        };
        let steps = path::parse(at).map_err(|failure| failure.exit(exit::SET_FORMAT))?;
        let text = match value {
            None => io::read_stdin()?,
            Some(value) if self.value_file => io::read(&PathBuf::from(value), exit::GENERIC)?,
            Some(value) => zeroize::Zeroizing::new(value.clone().into_bytes()),
        };
        let value = json::read_value(&text).map_err(|_| {
            // What it says may be the secret.
            Failure::new("the value is not JSON")
                .hint("put text in double quotes")
                .exit(exit::SET_FORMAT)
        })?;
        let name = PathBuf::from(name);
        self.change(&name, &steps, value, &session)
            .map_err(|failure| failure.of(&name))
    }

    fn change(
        &self,
        name: &Path,
        steps: &[path::Step],
        value: Value,
        session: &Session,
    ) -> Result<Exit> {
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
        let was = path::set(root, steps, value);
        if was == WasSet::Same && self.idempotent {
            return Ok(Exit::Passed);
        }
        let output = self.formats.output(name);
        encrypt::refuse_encrypted(&document, output)?;
        file::seal(&mut document, &mut metadata, &opened.key, &opened.nonces)?;
        let text = document.write_encrypted(&metadata, output, &session.layout)?;
        io::replace(name, &text)?;
        Ok(Exit::Passed)
    }
}
