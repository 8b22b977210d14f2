//! `.sops.yaml`: which file is encrypted for whom, and what of it.
//!
//! The file is looked for from the working directory upward; the first rule whose `path_regex` matches a file's
//! path below the configuration's folder decides, see <https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files>.

use std::path::{Path, PathBuf};

use super::document::Layout;
use super::json::Indent;
use super::mac::Covers;
use super::recipients::{Group, Recipient};
use super::scope::{FIELDS, Rule};
use super::tree::{Item, Node, Value};
use super::{exit, pattern, yaml};
use crate::age;
use crate::failure::{Failure, Result};

/// The name that is looked for.
pub const NAME: &str = ".sops.yaml";
/// How many folders are looked at.
const DEPTH: usize = 100;

/// A configuration.
pub struct Config {
    /// Where it was read.
    pub path: PathBuf,
    /// How files are laid out.
    pub layout: Layout,
    folder: PathBuf,
    rules: Option<Vec<Value>>,
}

/// A rule that a file falls under.
#[derive(Debug, Clone)]
pub struct CreationRule {
    /// Its place in the file, from 0.
    pub index: usize,
    /// Whether it names paths; a rule that does not takes every file.
    pub has_path: bool,
    /// The recipients.
    pub groups: Vec<Group>,
    /// How many groups it takes.
    pub threshold: usize,
    /// Which values are encrypted; none where the rule says nothing.
    pub rule: Option<Rule>,
    /// What the MAC covers.
    pub covers: Covers,
}

/// Where the configuration for a working directory is, and a name nearby that is passed over.
pub fn find(start: &Path) -> (Option<PathBuf>, Option<PathBuf>) {
    let mut passed_over = None;
    for folder in start.ancestors().take(DEPTH) {
        let path = folder.join(NAME);
        if path.exists() {
            return (Some(path), passed_over);
        }
        let other = folder.join(".sops.yml");
        if passed_over.is_none() && other.exists() {
            passed_over = Some(other);
        }
    }
    (None, passed_over)
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
        let (roots, _) = yaml::read(text).map_err(|failure| {
            Failure::new(format!("{}: {failure}", path.display())).exit(exit::GENERIC)
        })?;
        let root = Value::Map(roots.into_iter().next().unwrap_or_default());
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
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Ok(Self {
            layout: layout(&root).map_err(|why| wrong(path, &why))?,
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
                    })?
                    .is_match(below.as_bytes()),
            };
            if matches {
                return self
                    .creation_rule(index, rule, !path_regex.is_empty())
                    .map(Some);
            }
        }
        Ok(None)
    }

    /// The rule at a place in the file.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn rule(&self, index: usize) -> Result<Option<CreationRule>> {
        let Some(rule) = self.rules.as_ref().and_then(|rules| rules.get(index)) else {
            return Ok(None);
        };
        let has_path = !self.text(rule, "path_regex")?.is_empty();
        self.creation_rule(index, rule, has_path).map(Some)
    }

    fn creation_rule(&self, index: usize, rule: &Value, has_path: bool) -> Result<CreationRule> {
        let mut rules = Vec::new();
        for (field, make) in FIELDS {
            let says = self.text(rule, field)?;
            if !says.is_empty() {
                rules.push(make(says));
            }
        }
        if rules.len() > 1 {
            return Err(wrong(
                &self.path,
                "a creation rule has more than one rule for what is encrypted",
            ));
        }
        let threshold = match rule.get("shamir_threshold") {
            Some(Value::Int(number)) => usize::try_from(*number).unwrap_or_default(),
            _ => 0,
        };
        Ok(CreationRule {
            index,
            has_path,
            groups: self.groups(rule)?,
            threshold,
            rule: rules.pop(),
            covers: match rule.get("mac_only_encrypted") {
                Some(Value::Bool(true)) => Covers::Encrypted,
                _ => Covers::Everything,
            },
        })
    }

    fn text(&self, rule: &Value, field: &str) -> Result<String> {
        match rule.get(field) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(value) => value.as_str().map(str::to_owned).ok_or_else(|| {
                wrong(
                    &self.path,
                    &format!("{field} of a creation rule is {}", value.kind()),
                )
            }),
        }
    }

    fn groups(&self, rule: &Value) -> Result<Vec<Group>> {
        if let Some(groups @ Value::List(_)) = rule.get("key_groups") {
            let nodes = groups
                .items()
                .unwrap_or_default()
                .iter()
                .filter_map(Item::node);
            let groups: Vec<Group> = nodes
                .map(|node| self.key_group(&node.value))
                .collect::<Result<_>>()?;
            if !groups.is_empty() {
                return Ok(groups);
            }
        }
        const FIELDS: [(&str, &str); 7] = [
            ("age", "age"),
            ("pgp", "pgp"),
            ("kms", "kms"),
            ("gcp_kms", "gcp_kms"),
            ("hckms", "hckms"),
            ("azure_keyvault", "azure_kv"),
            ("hc_vault_transit_uri", "hc_vault"),
        ];
        let mut group = Group::default();
        for (field, kind) in FIELDS {
            for name in self.names(rule, field)? {
                add(&mut group, self.recipient(kind, &name)?);
            }
        }
        Ok(vec![group])
    }

    /// A group of `key_groups`, with what it merges.
    fn key_group(&self, view: &Value) -> Result<Group> {
        let mut group = Group::default();
        let nodes = |field| {
            let items = view.get(field).and_then(Value::items).unwrap_or_default();
            items.iter().filter_map(Item::node)
        };
        for merged in nodes("merge") {
            for recipient in self.key_group(&merged.value)?.recipients {
                add(&mut group, recipient);
            }
        }
        for name in self.names(view, "age")? {
            add(&mut group, self.recipient("age", &name)?);
        }
        for name in self.names(view, "pgp")? {
            add(&mut group, self.recipient("pgp", &name)?);
        }
        for (field, kind, parts) in [
            ("kms", "kms", ["arn", "", ""]),
            ("gcp_kms", "gcp_kms", ["resource_id", "", ""]),
            ("hckms", "hckms", ["key_id", "", ""]),
            ("azure_keyvault", "azure_kv", ["vaultUrl", "key", "version"]),
        ] {
            for node in nodes(field) {
                let part = |at: usize| self.text(&node.value, parts[at]);
                let name = if kind == "azure_kv" {
                    format!("{}/keys/{}/{}", part(0)?, part(1)?, part(2)?)
                } else {
                    part(0)?
                };
                add(&mut group, self.recipient(kind, &name)?);
            }
        }
        for name in self.names(view, "hc_vault")? {
            add(&mut group, self.recipient("hc_vault", &name)?);
        }
        Ok(group)
    }

    /// A field that is a list, or text parted by commas.
    fn names(&self, rule: &Value, field: &str) -> Result<Vec<String>> {
        let split = |text: &str| -> Vec<String> {
            text.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let odd = |value: &Value| {
            let message = format!("{field} of a creation rule holds {}", value.kind());
            wrong(&self.path, &message)
        };
        match rule.get(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::List(items)) => {
                let mut names = Vec::new();
                for node in items.iter().filter_map(Item::node) {
                    let name = node.value.as_str().ok_or_else(|| odd(&node.value))?;
                    names.extend(split(name));
                }
                Ok(names)
            }
            Some(value) => value.as_str().map(split).ok_or_else(|| odd(value)),
        }
    }

    fn recipient(&self, kind: &'static str, name: &str) -> Result<Recipient> {
        if kind != "age" {
            return Ok(Recipient::Other {
                kind,
                id: name.replace(' ', ""),
                entry: Value::Null,
            });
        }
        age::Recipient::parse(name).map_err(|failure| {
            let mut told = wrong(&self.path, &failure.to_string());
            for hint in failure.hints() {
                told = told.hint(hint.as_str());
            }
            told
        })?;
        Ok(Recipient::Age {
            recipient: name.to_owned(),
            enc: String::new(),
        })
    }
}

/// A recipient stands in a group once.
fn add(group: &mut Group, recipient: Recipient) {
    if group.find(&recipient).is_none() {
        group.recipients.push(recipient);
    }
}

fn wrong(path: &Path, why: &str) -> Failure {
    Failure::new(format!("{}: {why}", path.display())).exit(exit::GENERIC)
}

fn layout(root: &Value) -> std::result::Result<Layout, String> {
    let mut layout = Layout::default();
    let stores = root.get("stores");
    let indent = |store: &str| match stores?.get(store)?.get("indent")? {
        Value::Int(number) => Some(*number),
        _ => None,
    };
    let spaces = |number: i64| {
        usize::try_from(number).map_err(|_| format!("an indent of stores is {number}"))
    };
    match indent("yaml") {
        None | Some(0) => {}
        Some(number) => layout.yaml = spaces(number)?,
    }
    for (store, place) in [
        ("json", &mut layout.json),
        ("json_binary", &mut layout.binary),
    ] {
        match indent(store) {
            None | Some(-1) => {}
            Some(number) => *place = Indent::Spaces(spaces(number)?),
        }
    }
    Ok(layout)
}

/// The text of a configuration with other age recipients in one of its rules; all else stays as it is.
///
/// # Errors
/// When the text is no YAML, or has no such rule with a field `age` of its own.
pub fn with_age(text: &str, index: usize, recipients: &[String]) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let rules = roots
        .first_mut()
        .and_then(|root| super::tree::find_mut(root, "creation_rules"));
    let rule = match rules.map(|node| &mut node.value) {
        Some(Value::List(items)) => items.iter_mut().filter_map(Item::node_mut).nth(index),
        _ => None,
    };
    let Some(Value::Map(fields)) = rule.map(|rule| &mut rule.value) else {
        return Err(Failure::new(format!(
            "there is no creation rule {}",
            index + 1
        )));
    };
    let listed = |value: &Value| matches!(value, Value::List(_));
    match super::tree::find_mut(fields, "age") {
        Some(node) if listed(&node.value) => {
            let values = recipients.iter().map(|name| Value::text(name.as_str()));
            node.value = Value::List(super::metadata::nodes(values.collect()));
            node.changed = true;
        }
        Some(node) => {
            node.value = Value::text(recipients.join(","));
            node.changed = true;
        }
        None => {
            let value = Value::text(recipients.join(","));
            fields.push(Item::Node(Node::new("age".into(), value)));
        }
    }
    Ok(yaml::splice(&source, &roots))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    #[test]
    fn the_first_rule_that_matches_decides() {
        let text = format!(
            "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {ONE},\n  - age: [{ONE}]\n"
        );
        let config = Config::parse(Path::new("/repo/.sops.yaml"), &text).unwrap();
        let first = config
            .rule_for(Path::new("/repo/a/b.enc.yaml"))
            .unwrap()
            .unwrap();
        assert_eq!((first.index, first.has_path), (0, true));
        assert_eq!(first.groups[0].recipients[0].name(), ONE);
        let second = config
            .rule_for(Path::new("/repo/a/b.yaml"))
            .unwrap()
            .unwrap();
        assert_eq!(
            (second.index, second.has_path, second.rule),
            (1, false, None)
        );
    }

    #[test]
    fn recipients_are_replaced_where_they_stand() {
        let text = "# rules\ncreation_rules:\n  - path_regex: x # paths\n    age: old\n  - age:\n      - old # mine\n";
        assert_eq!(
            with_age(text, 0, &["a".to_owned(), "b".to_owned()]).unwrap(),
            text.replacen("old", "a,b", 1)
        );
        let listed = with_age(text, 1, &["a".to_owned(), "b".to_owned()]).unwrap();
        assert!(
            listed
                .starts_with("# rules\ncreation_rules:\n  - path_regex: x # paths\n    age: old\n")
        );
        let config = yaml::read(&listed).unwrap().0;
        let value = Value::Map(config.into_iter().next().unwrap());
        let rules = value.get("creation_rules").unwrap().items().unwrap();
        let age = rules[1].node().unwrap().value.get("age").unwrap();
        assert_eq!(
            age.items().unwrap().iter().filter_map(Item::node).count(),
            2
        );
    }
}
