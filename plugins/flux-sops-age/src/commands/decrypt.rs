//! `decrypt`: the plain text of encrypted files.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::{Document, Format, exit, extract, path};
use zeroize::Zeroizing;

use super::open::Opening;
use crate::arguments::{Files, Formats, Global};
use crate::batch::{self, Outcome};
use crate::io;
use crate::session::Session;
use crate::targets::{self, Targets, Wanted};

/// Arguments of `decrypt`.
#[derive(Debug, Args)]
pub(crate) struct Decrypt {
    #[command(flatten)]
    files: Files,

    /// Write the plain text in the place of the file
    ///
    /// A run that is killed while it does so (SIGKILL, a power failure) may leave plain text beside the file, as
    /// .*.being-replaced: the next run that writes to that folder removes it.
    #[arg(short, long)]
    in_place: bool,

    /// Print one value or part: '["stringData"]["password"]'
    #[arg(long, value_name = "PATH")]
    extract: Option<String>,

    /// Write to this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    formats: Formats,

    #[command(flatten)]
    opening: Opening,

    /// Take the format from this name, of standard input too
    #[arg(long, value_name = "FILE")]
    filename_override: Option<PathBuf>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Decrypt {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        io::either(
            self.in_place,
            self.output.is_some(),
            "--in-place and --output",
        )?;
        self.opening.check()?;
        if self.files.paths.is_empty() && !self.files.all {
            return self.standard_input(&session);
        }
        let targets = targets::find(&self.files, Wanted::Encrypted, &session)?;
        if self.in_place || self.dry_run {
            return batch::run(&targets, "decrypted", |path| self.replace(path, &session));
        }
        if targets.is_single() {
            let text = self.decrypt(&targets.files[0], &session)?;
            return io::put(self.output.as_deref(), &text);
        }
        self.print_all(&targets, &session)
    }

    fn standard_input(&self, session: &Session) -> Result<Exit> {
        io::either(self.in_place, true, "--in-place and standard input")?;
        if std::io::stdin().is_terminal() {
            return Err(Failure::new("no file specified")
                .hint("name files or folders, or pipe one in: --filename-override NAME")
                .exit(exit::NO_FILE));
        }
        // As sops: without a name it is binary, where no flag says what it is.
        let name = self.filename_override.as_deref();
        let name = name.unwrap_or(Path::new("standard input"));
        let text = self.plain(&io::read_stdin()?, name, session);
        let text = text.map_err(|failure| failure.of(name))?;
        io::put(self.output.as_deref(), &text)
    }

    fn replace(&self, path: &Path, session: &Session) -> Result<Outcome> {
        let found = io::read(path, exit::NO_FILE)?;
        let text = self.decrypt_read(&found, path, session)?;
        if self.dry_run {
            return Ok(Outcome::Changed("would be decrypted".to_owned()));
        }
        Ok(Outcome::New {
            found,
            text,
            what: String::new(),
        })
    }

    /// Several files: one after the other, YAML documents parted so that kubectl reads them.
    fn print_all(&self, targets: &Targets, session: &Session) -> Result<Exit> {
        io::either(self.output.is_some(), true, "--output and several files")?;
        let mut is_first = true;
        let texts = batch::in_parallel(&targets.files, &|path: &Path| self.decrypt(path, session));
        let mut failed = Vec::new();
        for (file, text) in targets.files.iter().zip(texts) {
            match text {
                Ok(text) => {
                    let is_yaml = self.formats.output(file) == Format::Yaml;
                    if is_yaml && !is_first && !text.starts_with(b"---") {
                        io::print(b"---\n")?;
                    }
                    io::print(&text)?;
                    if !text.ends_with(b"\n") {
                        io::print(b"\n")?;
                    }
                    is_first = false;
                }
                Err(failure) => {
                    failed.push(failure.status());
                    cli::program::tell(&failure.of(file));
                }
            }
        }
        Ok(targets.ended(batch::common(&failed)))
    }

    fn decrypt(&self, path: &Path, session: &Session) -> Result<Zeroizing<Vec<u8>>> {
        self.decrypt_read(&io::read(path, exit::NO_FILE)?, path, session)
    }

    fn decrypt_read(
        &self,
        bytes: &[u8],
        path: &Path,
        session: &Session,
    ) -> Result<Zeroizing<Vec<u8>>> {
        let name = self.filename_override.as_deref().unwrap_or(path);
        self.plain(bytes, name, session)
            .map_err(|failure| failure.of(path))
    }

    fn plain(&self, bytes: &[u8], name: &Path, session: &Session) -> Result<Zeroizing<Vec<u8>>> {
        let extract = self.extract.as_deref().map(path::parse).transpose();
        let extract = extract.map_err(|failure| failure.exit(exit::EXTRACT_PATH))?;
        let (mut document, metadata) = Document::read_encrypted(bytes, self.formats.input(name))?;
        self.opening.open(&mut document, &metadata, name, session)?;
        let format = self.formats.output(name);
        match extract {
            Some(steps) if !steps.is_empty() => {
                extract::extract(&document, &steps, format, &session.layout)
            }
            _ => {
                let text = document.write_plain(format, &session.layout)?;
                if self.in_place {
                    // It takes the place of what could be opened.
                    document.prove_plain(&text, format)?;
                }
                Ok(text)
            }
        }
    }
}
