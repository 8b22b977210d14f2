//! `secret`: a Kubernetes Secret made from a template, written encrypted and never plain.

mod limits;
mod template;
mod values;

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use shared::failure::{Exit, Failure, Result};
use shared::sops::cipher::{Nonces, is_sealed};
use shared::sops::tree::{Item, Key, Node, Value};
use shared::sops::{Document, Format, exit, file};
use template::Template;

use super::encrypt::Choice;
use crate::arguments::Global;
use crate::io;
use crate::session::Session;
use crate::shell::word;

/// Arguments of `secret`.
#[derive(Debug, Args)]
#[command(after_help = "\
Passwords and tokens that no flag gives are generated. A value is read from a
file or piped, never from the command line, where others can see it:

  flux sops-age secret postgresql gitops/apps/postgresql/secret
  flux sops-age secret cloudflare cert-manager/secret --stdin api-token < token
  flux sops-age secret generic app/secret --generate session-key=64")]
pub(crate) struct Secret {
    /// What the Secret is for
    #[arg(value_enum)]
    template: Template,

    /// The file to write, PATH.enc.yaml
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// The Secret's name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The Secret's namespace
    #[arg(short, long, value_name = "NAMESPACE")]
    namespace: Option<String>,

    /// Call a key of the template something else
    #[arg(long = "key", value_name = "KEY=NAME")]
    keys: Vec<String>,

    /// Read the value of a key from a file
    #[arg(long, value_name = "KEY=FILE")]
    from_file: Vec<String>,

    /// Read the value of a key from standard input, without the line break at its end
    #[arg(long, value_name = "KEY")]
    stdin: Option<String>,

    /// Generate the value of a key
    #[arg(long, value_name = "KEY[=LENGTH]")]
    generate: Vec<String>,

    #[command(flatten)]
    choice: Choice,

    /// Say what would be written, without values, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Secret {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let session = Session::new(global)?;
        self.choice.others_refused()?;
        let path = enc_yaml(&self.path);
        let exists = || {
            Failure::new(format!("{} exists already", path.display()))
                .hint(format!("change it: flux sops-age edit {}", word(&path)))
                .exit(exit::WRITE)
        };
        if path.exists() {
            return Err(exists());
        }
        let (mut metadata, key) = self.choice.metadata(&path, Format::Yaml, &session)?;
        let values = values::collect(&self)?;
        limits::check(self.name(), self.namespace(), &values)?;
        let names: Vec<String> = values.iter().map(|(name, _)| name.clone()).collect();
        if self.dry_run {
            cli::note!("would write {} with {}", path.display(), names.join(", "));
            return Ok(Exit::Passed);
        }
        let mut document = Document::of(vec![self.manifest(values)]);
        file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
        refuse_plain(&document, &path)?;
        let text = document.write_encrypted(&metadata, Format::Yaml, &session.layout)?;
        if let Some(folder) = path.parent() {
            // Where it cannot be made, the file cannot be written either, and that is told.
            let _ = std::fs::create_dir_all(folder);
        }
        if !io::replace_found(&path, None, &text)? {
            return Err(exists());
        }
        cli::note!("wrote {} with {}", path.display(), names.join(", "));
        Ok(Exit::Passed)
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.template.name())
    }

    fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref().or(self.template.namespace())
    }

    fn manifest(&self, values: Vec<(String, shared::secret::Secret)>) -> Vec<Item> {
        let mut metadata = vec![entry("name", Value::text(self.name()))];
        let namespace = self.namespace();
        metadata.extend(namespace.map(|namespace| entry("namespace", Value::text(namespace))));
        let (texts, bytes): (Vec<_>, Vec<_>) = values
            .into_iter()
            .partition(|(_, value)| value.text().is_some());
        // What is no text has no place in JSON, which a manifest becomes on its way.
        let bytes = bytes
            .into_iter()
            .map(|(name, value)| (name, STANDARD.encode(value.bytes()).into()));
        let mut items = vec![
            entry("apiVersion", Value::text("v1")),
            entry("kind", Value::text("Secret")),
            entry("metadata", Value::Map(metadata)),
            entry("type", Value::text(self.template.kind())),
        ];
        for (name, values) in [("stringData", texts), ("data", bytes.collect())] {
            let values = values.into_iter();
            let values: Vec<Item> = values
                .map(|(name, value)| Item::Node(Node::new(Key::Text(name), Value::Str(value))))
                .collect();
            if !values.is_empty() {
                items.push(entry(name, Value::Map(values)));
            }
        }
        items
    }
}

fn entry(name: &str, value: Value) -> Item {
    Item::Node(Node::new(name.into(), value))
}

/// The path with the suffix that seed rules encrypt by.
fn enc_yaml(path: &Path) -> PathBuf {
    let name = path.as_os_str().to_string_lossy();
    let stem = [".enc.yaml", ".enc.yml", ".yaml", ".yml"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix));
    PathBuf::from(format!("{}.enc.yaml", stem.unwrap_or(&name)))
}

/// Refuses a Secret whose values the rule leaves plain.
fn refuse_plain(document: &Document, path: &Path) -> Result<()> {
    let root = document.roots.iter().flatten().filter_map(Item::node);
    let values = root.filter(|node| ["stringData", "data"].map(Some).contains(&node.key.text()));
    let values = values.flat_map(|values| values.value.items().unwrap_or_default());
    let plain = values.filter_map(Item::node).find(|node| {
        !node
            .value
            .as_str()
            .is_some_and(|text| text.is_empty() || is_sealed(text))
    });
    match plain {
        Some(node) => Err(Failure::new(format!(
            "the creation rule for {} leaves {} plain",
            path.display(),
            node.key.text().unwrap_or_default()
        ))
        .hint("let the rule say: encrypted_regex: ^(data|stringData)$")
        .exit(exit::GENERIC)),
        None => Ok(()),
    }
}
