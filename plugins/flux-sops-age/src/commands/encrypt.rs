//! `encrypt`: encrypts files by `.sops.yaml` or by flags.

use std::path::{Path, PathBuf};

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::mac::Covers;
use shared::sops::recipients::Group;
use shared::sops::rules::CreationRule;
use shared::sops::scope::Rule;
use shared::sops::{Document, Format, Metadata, data_key, exit, file};

use super::{io, recipients};
use crate::batch::{self, Outcome};
use crate::cli::{Files, Formats, Global};
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

/// For whom, and what of a file: what flags say in the place of a creation rule.
#[derive(Debug, Args)]
pub(crate) struct Choice {
    /// Encrypt for these age recipients, parted by commas, instead of the rule's
    #[arg(short, long, value_name = "RECIPIENTS", env = "SOPS_AGE_RECIPIENTS")]
    age: Option<String>,

    #[command(flatten)]
    others: recipients::Others,

    /// Leave values plain below names with this suffix
    #[arg(long, value_name = "SUFFIX")]
    unencrypted_suffix: Option<String>,

    /// Encrypt only values below names with this suffix
    #[arg(long, value_name = "SUFFIX")]
    encrypted_suffix: Option<String>,

    /// Leave values plain below names that match
    #[arg(long, value_name = "REGEX")]
    unencrypted_regex: Option<String>,

    /// Encrypt only values below names that match
    #[arg(long, value_name = "REGEX")]
    encrypted_regex: Option<String>,

    /// Leave values plain behind comments that match
    #[arg(long, value_name = "REGEX")]
    unencrypted_comment_regex: Option<String>,

    /// Encrypt only values behind comments that match
    #[arg(long, value_name = "REGEX")]
    encrypted_comment_regex: Option<String>,

    /// Make the MAC over encrypted values only
    #[arg(long)]
    mac_only_encrypted: bool,

    /// How many key groups it takes to open the file
    #[arg(long, value_name = "NUMBER")]
    shamir_secret_sharing_threshold: Option<usize>,
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
            let text = self.encrypt(&io::read(path, exit::NO_FILE)?, name, &session)?;
            return self.write(&text.0);
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
        let text = self.encrypt(&io::read_stdin()?, name, session)?;
        self.write(&text.0)
    }

    fn write(&self, text: &[u8]) -> Result<Exit> {
        match &self.output {
            Some(path) => io::replace(path, text)?,
            None => io::print(text)?,
        }
        Ok(Exit::Passed)
    }

    fn replace(&self, path: &Path, looked_for: bool, session: &Session) -> Result<Outcome> {
        let name = self.filename_override.as_deref().unwrap_or(path);
        let plain = io::read(path, exit::NO_FILE)?;
        let (text, metadata) = match self.encrypt(&plain, name, session) {
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
        io::replace(path, &text)?;
        Ok(Outcome::Changed(String::new()))
    }

    fn encrypt(&self, plain: &[u8], name: &Path, session: &Session) -> Result<(Vec<u8>, Metadata)> {
        let format = self.formats.input(name);
        let mut document = Document::read_plain(plain, format)?;
        let output = self.formats.output(name);
        refuse_encrypted(&document, output)?;
        let (mut metadata, key) = self.choice.metadata(name, format, session)?;
        file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
        let text = document.write_encrypted(&metadata, output, &session.layout)?;
        Ok((text, metadata))
    }
}

/// Refuses a file without a document, and one that is encrypted already.
pub(super) fn refuse_encrypted(document: &Document, output: Format) -> Result<()> {
    if document.roots.is_empty() {
        return Err(
            Failure::new("the file is empty: there is no document to encrypt").exit(exit::EMPTY),
        );
    }
    if document.has_block_of(output) {
        return Err(Failure::new("the file is encrypted already")
            .hint("change it with: flux sops-age edit FILE")
            .exit(exit::ALREADY_ENCRYPTED));
    }
    Ok(())
}

impl Choice {
    /// Refuses recipients of other kinds than age's.
    ///
    /// # Errors
    /// When one is named.
    pub(super) fn others_refused(&self) -> Result<()> {
        self.others.refuse()
    }

    /// The `sops` block of a new file, its recipients' data key made.
    pub(super) fn metadata(
        &self,
        name: &Path,
        format: Format,
        session: &Session,
    ) -> Result<(Metadata, DataKey)> {
        let creation = match &session.config {
            Some(config) if config.has_rules() => {
                let rule = config.rule_for(&session.absolute(name))?;
                Some(rule.ok_or_else(|| {
                    Failure::new(format!("no creation rule matches {}", name.display()))
                        .hint(format!("add one to {}", config.path.display()))
                        .exit(exit::GENERIC)
                })?)
            }
            _ => None,
        };
        let (rule, covers) = self.rule(format, creation.as_ref())?;
        let groups = self.groups(creation.as_ref())?;
        let threshold = self
            .shamir_secret_sharing_threshold
            .or(creation.as_ref().map(|creation| creation.threshold))
            .unwrap_or_default();
        let threshold = match (groups.len(), threshold) {
            (2.., 0) => groups.len(),
            (_, threshold) => threshold,
        };
        let key = DataKey::generate()
            .map_err(|error| Failure::new(format!("cannot make a data key: {error}")))?;
        let groups = data_key::seal(groups, threshold, &key, None)?;
        Ok((Metadata::create(groups, threshold, rule, covers), key))
    }

    fn rule(&self, format: Format, creation: Option<&CreationRule>) -> Result<(Rule, Covers)> {
        let given = [
            (
                &self.unencrypted_suffix,
                Rule::UnencryptedSuffix as fn(String) -> Rule,
            ),
            (&self.encrypted_suffix, Rule::EncryptedSuffix),
            (&self.unencrypted_regex, Rule::UnencryptedRegex),
            (&self.encrypted_regex, Rule::EncryptedRegex),
            (
                &self.unencrypted_comment_regex,
                Rule::UnencryptedCommentRegex,
            ),
            (&self.encrypted_comment_regex, Rule::EncryptedCommentRegex),
        ];
        let mut rules: Vec<Rule> = given
            .into_iter()
            .filter_map(|(text, rule)| Some(rule(text.clone().filter(|text| !text.is_empty())?)))
            .collect();
        if let Some(rule) = creation.and_then(|creation| creation.rule.clone())
            && !rules.iter().any(|given| {
                given.field().map(|field| field.0) == rule.field().map(|field| field.0)
            })
        {
            rules.push(rule);
        }
        let covers = match creation.map(|creation| creation.covers) {
            _ if self.mac_only_encrypted => Covers::Encrypted,
            Some(covers) => covers,
            None => Covers::Everything,
        };
        if format == Format::Binary {
            // The whole file is one value, which no rule may leave plain.
            return Ok((Rule::All, Covers::Everything));
        }
        if rules.len() > 1 {
            return Err(Failure::new(
                "more than one rule says what is encrypted: a flag and the creation rule, or two flags",
            )
            .exit(exit::CONFLICT));
        }
        let rule = rules.pop().unwrap_or_default();
        if let Some(regex) = rule.broken() {
            return Err(
                Failure::new(format!("the expression does not compile: {regex}"))
                    .hint("sops would take it as one that never matches, and leave values plain")
                    .exit(exit::GENERIC),
            );
        }
        Ok((rule, covers))
    }

    fn groups(&self, creation: Option<&CreationRule>) -> Result<Vec<Group>> {
        let recipients = recipients::parse(self.age.as_deref())?;
        if !recipients.is_empty() {
            return Ok(vec![Group { recipients }]);
        }
        match creation {
            Some(creation) => Ok(creation.groups.clone()),
            None => Err(Failure::new(
                "config file not found, or has no creation rules, and no recipient is named",
            )
            .hint("write .sops.yaml, or name recipients: --age RECIPIENTS")
            .exit(exit::GENERIC)),
        }
    }
}
