//! `unset`: takes a value or part out of an encrypted file.

use std::path::PathBuf;

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::{exit, path};

use super::revise::{Revision, root};
use crate::arguments::Global;
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
    revision: Revision,
}

impl Unset {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        self.revision.check()?;
        let [name, at] = self.words.as_slice() else {
            return Err(Failure::new("a file and a path are needed").exit(exit::NO_FILE));
        };
        let steps = path::parse_place(at).map_err(|failure| failure.exit(exit::SET_FORMAT))?;
        let name = PathBuf::from(name);
        self.revision.revise(&name, &session, |document, _| {
            let root = root(document)?;
            if self.idempotent && path::get(root, &steps).is_err() {
                return Ok(false);
            }
            path::unset(root, &steps)?;
            Ok(true)
        })
    }
}
