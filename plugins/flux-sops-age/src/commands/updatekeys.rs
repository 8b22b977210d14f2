//! `updatekeys`: the data keys of files, encrypted for the recipients that `.sops.yaml` names now.

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::render::clean;
use shared::sops::recipients::{Group, Recipient};
use shared::sops::rules::Config;
use shared::sops::{Document, Metadata, data_key, exit};
use zeroize::Zeroizing;

use crate::arguments::{Files, Formats, Global};
use crate::batch::{self, Outcome};
use crate::io;
use crate::prompt;
use crate::session::Session;
use crate::targets::{self, Wanted};

/// Arguments of `updatekeys`.
#[derive(Debug, Args)]
pub(crate) struct Updatekeys {
    #[command(flatten)]
    files: Files,

    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    #[command(flatten)]
    formats: Formats,

    /// How many key groups it takes to open a file
    #[arg(long, value_name = "NUMBER")]
    shamir_secret_sharing_threshold: Option<usize>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

/// A file whose recipients are not those of its rule.
struct Plan {
    found: Zeroizing<Vec<u8>>,
    document: Document,
    metadata: Metadata,
    groups: Vec<Group>,
    threshold: usize,
}

impl Updatekeys {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        let config = session.need_config()?;
        let targets = targets::find(&self.files, Wanted::Encrypted, &session)?;
        if !self.yes && !self.dry_run {
            let mut differs = false;
            for file in &targets.files {
                // What cannot be read is told when its turn comes.
                if let Ok(Some(plan)) = self.plan(file, config, &session) {
                    let name = file.display().to_string();
                    io::print(format!("{}:\n{}\n", clean(&name), plan.changes()).as_bytes())?;
                    differs = true;
                }
            }
            if differs && !prompt::agree("Is this okay?", "add --yes to go on without being asked")?
            {
                cli::note!("nothing was changed");
                return Ok(Exit::Passed);
            }
        }
        batch::run(&targets, "updated", |path| {
            self.update(path, config, &session)
        })
    }

    fn update(&self, path: &Path, config: &Config, session: &Session) -> Result<Outcome> {
        let Some(mut plan) = self.plan(path, config, session)? else {
            return Ok(Outcome::Kept("up to date"));
        };
        if self.dry_run {
            return Ok(Outcome::Changed(format!(
                "would be updated\n{}",
                plan.changes()
            )));
        }
        let key = data_key::open(&plan.metadata, session.keyring())?;
        let before = plan.metadata.groups.clone();
        let groups = data_key::seal(plan.groups, plan.threshold, &key, Some(&before))?;
        plan.metadata.set_groups(groups);
        plan.metadata.set_threshold(plan.threshold);
        let format = plan.document.format;
        let text = plan
            .document
            .write_encrypted(&plan.metadata, format, &session.layout)?;
        Ok(Outcome::New {
            found: plan.found,
            text: text.into(),
            what: "synced with new keys".to_owned(),
        })
    }

    /// What is to be done with a file; none where its recipients are those of its rule.
    fn plan(&self, path: &Path, config: &Config, session: &Session) -> Result<Option<Plan>> {
        let found = io::read(path, exit::GENERIC)?;
        let (document, metadata) = Document::read_encrypted(&found, self.formats.input(path))?;
        let rule = config.rule_for(&session.absolute(path))?.ok_or_else(|| {
            Failure::new(format!("no creation rule matches {}", path.display()))
                .hint(format!("add one to {}", config.path.display()))
                .exit(exit::GENERIC)
        })?;
        let threshold = self
            .shamir_secret_sharing_threshold
            .unwrap_or(metadata.threshold)
            .min(rule.groups.len());
        if threshold == metadata.threshold && Group::same_keys(&metadata.groups, &rule.groups) {
            return Ok(None);
        }
        document.refuse_joined()?;
        Ok(Some(Plan {
            found,
            document,
            metadata,
            groups: rule.groups,
            threshold,
        }))
    }
}

impl Plan {
    /// The recipients by group: kept, added (`+++`) and taken away (`---`), as sops prints them.
    fn changes(&self) -> String {
        let none = Group::default();
        let mut out = String::new();
        for index in 0..self.groups.len().max(self.metadata.groups.len()) {
            let before = self.metadata.groups.get(index).unwrap_or(&none);
            let after = self.groups.get(index).unwrap_or(&none);
            let _ = writeln!(out, "Group {}", index + 1);
            let mut tell = |sign: &str, recipients: Vec<&Recipient>| {
                for recipient in recipients {
                    let _ = writeln!(out, "{sign} {}", clean(recipient.name()));
                }
            };
            let (kept, added) = after
                .recipients
                .iter()
                .partition(|recipient| before.find(recipient).is_some());
            tell("   ", kept);
            tell("+++", added);
            let gone = before.recipients.iter();
            tell(
                "---",
                gone.filter(|recipient| after.find(recipient).is_none())
                    .collect(),
            );
        }
        out.pop();
        out
    }
}
