//! `rotate`: a new data key, all values encrypted anew under it.

use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::recipients::{Group, Recipient};
use shared::sops::{Document, data_key, exit, file};
use zeroize::Zeroizing;

use super::open::Opening;
use super::recipients;
use crate::arguments::{Files, Formats, Global};
use crate::batch::{self, Outcome};
use crate::io;
use crate::session::Session;
use crate::targets::{self, Wanted};

/// Arguments of `rotate`.
#[derive(Debug, Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    files: Files,

    /// Write the file in its place
    #[arg(short, long)]
    in_place: bool,

    /// Write to this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    formats: Formats,

    /// Add these age recipients, parted by commas
    #[arg(long, value_name = "RECIPIENTS")]
    add_age: Option<String>,

    /// Take these age recipients away
    #[arg(long, value_name = "RECIPIENTS")]
    rm_age: Option<String>,

    /// Take these PGP recipients away
    #[arg(long, value_name = "FINGERPRINTS")]
    rm_pgp: Option<String>,

    /// Take the format from this name
    #[arg(long, value_name = "FILE")]
    filename_override: Option<PathBuf>,

    #[command(flatten)]
    opening: Opening,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Rotate {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        io::either(
            self.in_place,
            self.output.is_some(),
            "--in-place and --output",
        )?;
        self.opening.check()?;
        let targets = targets::find(&self.files, Wanted::Encrypted, &session)?;
        if targets.is_single() && !self.in_place && !self.dry_run {
            let path = &targets.files[0];
            let rotated = self.read(path);
            let rotated = rotated.and_then(|found| self.rotate(&found, path, &session));
            let text = rotated.map_err(|failure| failure.of(path))?;
            return io::put_sealed(self.output.as_deref(), &text);
        }
        if !self.in_place && !self.dry_run {
            return Err(
                Failure::new("several files are rotated in their place only")
                    .hint("add --in-place, or --dry-run to see what would be done")
                    .exit(exit::CONFLICT),
            );
        }
        batch::run(&targets, "rotated", |path| {
            let found = self.read(path)?;
            let text = self.rotate(&found, path, &session)?;
            if self.dry_run {
                return Ok(Outcome::Changed("would get a new data key".to_owned()));
            }
            Ok(Outcome::New {
                found,
                text: text.into(),
                what: String::new(),
            })
        })
    }

    fn read(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        let changes_keys = self.add_age.is_some() || self.rm_age.is_some() || self.rm_pgp.is_some();
        let missing = if changes_keys {
            exit::NO_FILE_FOR_KEYS
        } else {
            exit::READ
        };
        io::read(path, missing)
    }

    fn rotate(&self, bytes: &[u8], path: &Path, session: &Session) -> Result<Vec<u8>> {
        let name = self.filename_override.as_deref().unwrap_or(path);
        let (mut document, mut metadata) =
            Document::read_encrypted(bytes, self.formats.input(name))?;
        let groups = self.groups(&metadata.groups)?;
        self.opening.open(&mut document, &metadata, name, session)?;
        let key = DataKey::generate()?;
        metadata.set_groups(data_key::seal(groups, metadata.threshold, &key, None)?);
        file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
        document.write_encrypted(&metadata, self.formats.output(name), &session.layout)
    }

    fn groups(&self, before: &[Group]) -> Result<Vec<Group>> {
        let added = recipients::parse(self.add_age.as_deref())?;
        let mut removed = recipients::parse(self.rm_age.as_deref())?;
        let fingerprints = self.rm_pgp.as_deref().unwrap_or_default().split(',');
        removed.extend(
            fingerprints
                .map(|name| name.replace(' ', ""))
                .filter(|name| !name.is_empty())
                .map(|id| Recipient::Other {
                    kind: "pgp",
                    id,
                    entry: shared::sops::tree::Value::Null,
                }),
        );
        let mut groups = before.to_vec();
        if let Some(first) = groups.first_mut() {
            for recipient in added {
                if first.find(&recipient).is_none() {
                    first.recipients.push(recipient);
                }
            }
        }
        for group in &mut groups {
            group
                .recipients
                .retain(|recipient| !removed.iter().any(|gone| gone.is(recipient)));
        }
        Ok(groups)
    }
}
