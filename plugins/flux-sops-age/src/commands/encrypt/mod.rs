//! `encrypt`: encrypts files by `.sops.yaml` or by flags.

mod choice;
mod names;

pub(crate) use choice::Choice;

use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::cipher::Nonces;
use shared::sops::{Document, Format, Metadata, exit, file};

use crate::arguments::{Files, Formats, Global};
use crate::batch::{self, Outcome};
use crate::io;
use crate::session::Session;
use crate::targets::{self, Wanted};

/// Arguments of `encrypt`.
#[derive(Debug, Args)]
pub(crate) struct Encrypt {
    #[command(flatten)]
    files: Files,

    /// Write the ciphertext in the place of the file
    #[arg(short, long)]
    in_place: bool,

    /// Write to this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    formats: Formats,

    /// Take the format and the rule from this name (needed with standard input)
    #[arg(long, value_name = "FILE")]
    filename_override: Option<PathBuf>,

    #[command(flatten)]
    choice: Choice,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Encrypt {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        io::either(
            self.in_place,
            self.output.is_some(),
            "--in-place and --output",
        )?;
        self.choice.others.refuse()?;
        if self.files.paths.is_empty() && !self.files.all {
            return self.standard_input(&session);
        }
        let targets = targets::find(&self.files, Wanted::Named, &session)?;
        if targets.is_single() && !self.in_place && !self.dry_run {
            let path = &targets.files[0];
            let name = self.filename_override.as_deref().unwrap_or(path);
            let text = self.encrypt(&io::read(path, exit::NO_FILE)?, name, &session);
            let text = text.map_err(|failure| failure.of(path))?;
            return io::put_sealed(self.output.as_deref(), &text.0);
        }
        if !targets.is_single() && !self.in_place && !self.dry_run {
            return Err(
                Failure::new("several files are encrypted in their place only")
                    .hint("add --in-place, or --dry-run to see what would be done")
                    .exit(exit::CONFLICT),
            );
        }
        batch::run(&targets, "encrypted", |path| {
            self.replace(path, targets.looked_for, &session)
        })
    }

    fn standard_input(&self, session: &Session) -> Result<Exit> {
        io::either(self.in_place, true, "--in-place and standard input")?;
        let Some(name) = &self.filename_override else {
            return Err(Failure::new("standard input has no name")
                .hint("name a file to encrypt, or say what it is: --filename-override NAME")
                .exit(exit::CONFLICT));
        };
        let plain = io::read_stdin()?;
        if let Some(output) = &self.output {
            refuse_to_empty(output, &plain)?;
        }
        let text = self.encrypt(&plain, name, session);
        let text = text.map_err(|failure| failure.of(name))?;
        io::put_sealed(self.output.as_deref(), &text.0)
    }

    fn replace(&self, path: &Path, looked_for: bool, session: &Session) -> Result<Outcome> {
        let name = self.filename_override.as_deref().unwrap_or(path);
        let found = io::read(path, exit::NO_FILE)?;
        names::refuse_others(path)?;
        let (text, metadata) = match self.encrypt(&found, name, session) {
            Err(failure) if looked_for && failure.status() == exit::ALREADY_ENCRYPTED => {
                return Ok(Outcome::Kept("encrypted already"));
            }
            result => result?,
        };
        if self.dry_run {
            let names: Vec<&str> = metadata
                .groups
                .iter()
                .flat_map(|group| &group.recipients)
                .map(shared::sops::recipients::Recipient::name)
                .collect();
            let what = format!("would be encrypted for {}", names.join(", "));
            return Ok(Outcome::Changed(what));
        }
        Ok(Outcome::New {
            found,
            text: text.into(),
            what: String::new(),
        })
    }

    fn encrypt(&self, plain: &[u8], name: &Path, session: &Session) -> Result<(Vec<u8>, Metadata)> {
        let format = self.formats.input(name);
        let mut document = Document::read_plain(plain, format)?;
        let output = self.formats.output(name);
        refuse_encrypted(&document, output).map_err(|failure| match failure.status() {
            // As sops: what has words but no document is not empty, it cannot be read.
            exit::EMPTY if !plain.is_empty() => failure.exit(exit::READ),
            _ => failure,
        })?;
        let (mut metadata, key) = self.choice.metadata(name, format, session)?;
        file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
        let text = document.write_encrypted(&metadata, output, &session.layout)?;
        Ok((text, metadata))
    }
}

/// Refuses to put nothing in the place of something: what was to be piped in has failed. An empty text is a whole
/// document in some formats.
fn refuse_to_empty(output: &Path, plain: &[u8]) -> Result<()> {
    let holds = |file: std::fs::Metadata| file.is_file() && file.len() > 0;
    if plain.is_empty() && std::fs::metadata(output).is_ok_and(holds) {
        let name = output.display();
        return Err(Failure::new("standard input is empty")
            .hint(format!(
                "{name} stays as it is; where it is to be empty, remove it first"
            ))
            .exit(exit::EMPTY));
    }
    Ok(())
}

/// Refuses a file without a document, and one that is encrypted already.
fn refuse_encrypted(document: &Document, output: Format) -> Result<()> {
    refuse(document, output, || {
        Failure::new("the file is encrypted already")
            .hint("change it with: flux sops-age edit FILE")
    })
}

/// Refuses what was made of a file and cannot be encrypted: without a document, or with an entry of sops's name.
pub(super) fn refuse_unfit(document: &Document, output: Format) -> Result<()> {
    refuse(document, output, || {
        let name = match output {
            Format::Dotenv => "that begins with sops_",
            _ => "called sops",
        };
        Failure::new(format!("an entry {name} stands at the top of the file"))
            .hint("sops keeps its own there: choose another name")
    })
}

fn refuse(document: &Document, output: Format, taken: impl Fn() -> Failure) -> Result<()> {
    if document.roots.is_empty() {
        return Err(
            Failure::new("the file is empty: there is no document to encrypt").exit(exit::EMPTY),
        );
    }
    if document.has_block_of(output) {
        return Err(taken().exit(exit::ALREADY_ENCRYPTED));
    }
    Ok(())
}
