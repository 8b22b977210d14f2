//! For whom, and what of a file: by flags, or by the creation rule.

use std::path::Path;

use clap::Args;
use shared::failure::{Failure, Result};
use shared::sops::cipher::DataKey;
use shared::sops::mac::Covers;
use shared::sops::recipients::Group;
use shared::sops::rules::CreationRule;
use shared::sops::scope::Rule;
use shared::sops::{Format, Metadata, data_key, exit};

use crate::commands::recipients;
use crate::session::Session;

/// For whom, and what of a file: what flags say in the place of a creation rule.
#[derive(Debug, Args)]
pub(crate) struct Choice {
    /// Encrypt for these age recipients, parted by commas, instead of the rule's
    #[arg(short, long, value_name = "RECIPIENTS", env = "SOPS_AGE_RECIPIENTS")]
    age: Option<String>,

    #[command(flatten)]
    pub(super) others: recipients::Others,

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

impl Choice {
    /// Refuses recipients of other kinds than age's.
    ///
    /// # Errors
    /// When one is named.
    pub(in crate::commands) fn others_refused(&self) -> Result<()> {
        self.others.refuse()
    }

    /// The `sops` block of a new file, its recipients' data key made.
    pub(in crate::commands) fn metadata(
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
        let key = DataKey::generate()?;
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
