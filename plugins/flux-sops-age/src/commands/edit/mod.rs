//! `edit`: opens the plain text of an encrypted file in an editor, and encrypts what was made of it.

mod aside;
mod desk;
mod draft;
mod editor;
#[cfg(unix)]
mod guard;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::{Document, Format, exit};

use super::encrypt::{self, Choice};
use super::open::Opening;
use crate::arguments::{Formats, Global};
use crate::io;
use crate::session::Session;
use draft::Draft;

/// Arguments of `edit`.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The file; where it does not exist it is made, by the rule of .sops.yaml for it
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    formats: Formats,

    #[command(flatten)]
    choice: Choice,

    #[command(flatten)]
    opening: Opening,

    /// Show the sops block too, so that recipients can be added to it or taken away
    #[arg(short, long)]
    show_master_keys: bool,
}

impl Edit {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        let Some(path) = &self.file else {
            return Err(Failure::new("no file specified").exit(exit::NO_FILE));
        };
        self.opening.check()?;
        let format = self.formats.input(path);
        let mut draft = if path.exists() {
            self.open(path, format, &session)
                .map_err(|failure| failure.of(path))?
        } else {
            self.begin(path, format, &session)?
        };
        let text = self.edit_until_it_fits(path, format, &mut draft, &session)?;
        // An editor is open for long: a rotation may have gone over the file meanwhile, or the disk be full by now.
        let why = match io::replace_found(path, draft.found.as_deref(), &text) {
            Ok(true) => return Ok(Exit::Passed),
            Ok(false) => Failure::new(format!(
                "the file was changed while it was edited: {}",
                path.display()
            )),
            Err(failure) => failure,
        };
        let aside = aside::keep(path, &text)?;
        let hint = format!("what you made of it is encrypted in {}", aside.display());
        Err(why.hint(hint).exit(exit::WRITE))
    }

    /// Opens the editor until what it leaves can be read and encrypted.
    fn edit_until_it_fits(
        &self,
        path: &Path,
        format: Format,
        draft: &mut Draft,
        session: &Session,
    ) -> Result<Vec<u8>> {
        let desk = desk::Desk::new(path, &draft.text)?;
        let with_block = self.show_master_keys && draft.before.is_some();
        loop {
            editor::run(desk.file())?;
            let edited = desk.read()?;
            if edited.as_slice() == draft.text.as_slice() {
                return Err(Failure::new("the file has not changed").exit(exit::NOT_MODIFIED));
            }
            let read = if with_block {
                draft.take_block(&edited, format)
            } else {
                Document::read_plain(&edited, format)
            };
            let sealed = read.and_then(|document| {
                encrypt::refuse_unfit(&document, format)?;
                draft.seal(document, self.formats.output(path), session)
            });
            match sealed {
                Ok(text) => return Ok(text),
                Err(failure) => {
                    cli::program::tell(&failure);
                    cli::note!(
                        "press enter to return to the editor, or Ctrl-C to leave the file as it was"
                    );
                    let mut line = String::new();
                    let read = std::io::stdin().lock().read_line(&mut line);
                    if !matches!(read, Ok(1..)) {
                        return Err(failure);
                    }
                }
            }
        }
    }
}
