//! `filestatus`: whether a file is encrypted.

use std::path::PathBuf;

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::{Document, exit};

use crate::arguments::{Formats, Global};
use crate::io;
use crate::session::Session;

/// Arguments of `filestatus`.
#[derive(Debug, Args)]
pub(crate) struct Filestatus {
    /// The file
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    formats: Formats,
}

impl Filestatus {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        Session::new(global)?;
        let Some(path) = &self.file else {
            return Err(Failure::new("no file specified").exit(exit::NO_FILE));
        };
        let bytes = io::read(path, exit::READ)?;
        let is_encrypted = Document::is_encrypted(&bytes, self.formats.input(path))
            .map_err(|failure| failure.of(path))?;
        io::print(format!("{{\"encrypted\":{is_encrypted}}}\n").as_bytes())?;
        Ok(Exit::Passed)
    }
}
