//! `set`: one value of an encrypted file.

use std::path::PathBuf;

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::path::{self, Set as WasSet};
use shared::sops::{exit, json};

use super::encrypt;
use super::revise::{Revision, root};
use crate::arguments::Global;
use crate::io;
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
    revision: Revision,
}

impl Set {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        self.revision.check()?;
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
        let steps = path::parse_place(at).map_err(|failure| failure.exit(exit::SET_FORMAT))?;
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
        self.revision.revise(&name, &session, |document, formats| {
            let was = path::set(root(document)?, &steps, value.clone())?;
            if was == WasSet::Same && self.idempotent {
                return Ok(false);
            }
            encrypt::refuse_unfit(document, formats.output(&name))?;
            Ok(true)
        })
    }
}
