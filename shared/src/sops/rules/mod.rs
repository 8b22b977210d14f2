//! `.sops.yaml`: which file is encrypted for whom, and what of it.
//!
//! The file is looked for from the working directory upward; the first rule whose `path_regex` matches a file's
//! path below the configuration's folder decides, see <https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files>.

pub mod amend;
mod creation;
mod found;
mod groups;
mod layout;
mod merge;
#[cfg(test)]
mod tests;
mod text;

pub use creation::CreationRule;
pub use found::find;

use std::path::{Path, PathBuf};

use super::document::Layout;
use super::recipients::Recipient;
use super::tree::{Item, Value};
use super::{exit, pattern};
use crate::failure::{Failure, Result};
use crate::lexical::absolute;

/// The name that is looked for.
pub const NAME: &str = ".sops.yaml";

/// A configuration.
pub struct Config {
    /// Where it was read.
    pub path: PathBuf,
    /// How files are laid out.
    pub layout: Layout,
    folder: PathBuf,
    rules: Option<Vec<Value>>,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// When it cannot be read, or is no YAML of the right shape.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::new(format!(
                "cannot read {}: {}",
                path.display(),
                crate::failure::io(&error)
            ))
            .exit(exit::GENERIC)
        })?;
        Self::parse(path, &text)
    }

    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// When it is no YAML of the right shape.
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        let (roots, _) = text::read(text)
            .map_err(|failure| failure.within(path.display()).exit(exit::GENERIC))?;
        let root = merge::resolved(Value::Map(roots.into_iter().next().unwrap_or_default()));
        let rules = match root.get("creation_rules") {
            None | Some(Value::Null) => None,
            Some(Value::List(items)) => Some(
                items
                    .iter()
                    .filter_map(Item::node)
                    .map(|node| node.value.clone())
                    .collect(),
            ),
            Some(other) => {
                return Err(wrong(path, &format!("creation_rules is {}", other.kind())));
            }
        };
        let here = std::env::current_dir().unwrap_or_default();
        let absolute = absolute(&here, path);
        Ok(Self {
            layout: layout::read(&root).map_err(|why| wrong(path, &why))?,
            folder: absolute.parent().map(Path::to_owned).unwrap_or_default(),
            path: path.to_owned(),
            rules,
        })
    }

    /// The folder that it rules.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it has any rule for new files.
    pub fn has_rules(&self) -> bool {
        self.rules.is_some()
    }

    /// How many rules it has.
    pub fn len(&self) -> usize {
        self.rules.as_ref().map_or(0, Vec::len)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first rule that matches a file, given by its absolute path; none where no rule does.
    ///
    /// # Errors
    /// When the rule, or an expression before it, is malformed.
    pub fn rule_for(&self, file: &Path) -> Result<Option<CreationRule>> {
        let below = file.strip_prefix(&self.folder).unwrap_or(file);
        let below = below.to_string_lossy();
        for (index, rule) in self.rules.iter().flatten().enumerate() {
            let path_regex = self.text(rule, "path_regex")?;
            let matches = match path_regex.as_str() {
                "" => true,
                regex => pattern::compile(regex)
                    .ok_or_else(|| {
                        wrong(&self.path, &format!("path_regex does not compile: {regex}"))
                            .rule(index + 1)
                    })?
                    .is_match(below.as_bytes()),
            };
            if matches {
                let rule = self.creation_rule(index, rule, !path_regex.is_empty());
                return rule.map(Some).map_err(|failure| failure.rule(index + 1));
            }
        }
        Ok(None)
    }

    /// Whom its rules name, rule by rule; who is named twice stands there twice. A malformed rule names nobody.
    pub fn recipients(&self) -> Vec<Recipient> {
        let rules = (0..self.len()).filter_map(|index| self.rule(index).ok().flatten());
        let groups = rules.flat_map(|rule| rule.groups);
        groups.flat_map(|group| group.recipients).collect()
    }

    /// What is wrong with its rules, rule by rule: no file can be encrypted by such a one.
    pub fn faults(&self) -> Vec<Failure> {
        // A path that no rule means makes all expressions be looked at.
        let expression = self.rule_for(Path::new("\u{0}")).err();
        let rules = (0..self.len()).filter_map(|index| self.rule(index).err());
        expression.into_iter().chain(rules).collect()
    }

    /// Refuses a configuration with a rule that no file could be encrypted by.
    ///
    /// # Errors
    /// When a rule, or an expression for its paths, is malformed.
    pub fn check(&self) -> Result<()> {
        self.faults().into_iter().next().map_or(Ok(()), Err)
    }

    /// The rule at a place in the file.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn rule(&self, index: usize) -> Result<Option<CreationRule>> {
        let Some(rule) = self.rules.as_ref().and_then(|rules| rules.get(index)) else {
            return Ok(None);
        };
        let has_path = self.text(rule, "path_regex").map(|path| !path.is_empty());
        let rule = has_path.and_then(|has_path| self.creation_rule(index, rule, has_path));
        rule.map(Some).map_err(|failure| failure.rule(index + 1))
    }
}

fn wrong(path: &Path, why: &str) -> Failure {
    Failure::new(format!("{}: {why}", path.display())).exit(exit::GENERIC)
}
