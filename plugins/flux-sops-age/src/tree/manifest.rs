//! The manifests of a file that have to do with keys: Secrets, Flux Kustomizations, kustomize's generators.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use memchr::memmem;
use shared::object::ObjectRef;
use shared::sops::Document;
use shared::sops::tree::{Item, Node, Value, find};
use zeroize::Zeroizing;

/// What manifests a file holds.
#[derive(Default)]
pub(crate) struct Manifests {
    /// Objects of any kind.
    pub(crate) count: usize,
    pub(crate) secrets: Vec<SecretManifest>,
    pub(crate) kustomizations: Vec<FluxKustomization>,
    pub(crate) generators: Vec<Generator>,
    /// Where it is a folder's `kustomization.yaml`: the paths of what it takes.
    pub(crate) takes: Option<Vec<String>>,
}

/// A Secret.
pub(crate) struct SecretManifest {
    pub(crate) object: ObjectRef,
    pub(crate) line: Option<u64>,
    pub(crate) values: Vec<ValueSeen>,
}

/// An entry of a Secret: its name and the form of its value.
pub(crate) struct ValueSeen {
    /// `data` or `stringData`.
    pub(crate) field: &'static str,
    pub(crate) name: String,
    pub(crate) line: Option<u64>,
    pub(crate) form: ValueForm,
}

/// How a value stands in a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueForm {
    /// Encrypted by sops, or an encrypted file in base64, which Flux decrypts too.
    Sealed,
    /// Nothing, or only a variable that Flux or a template fills in.
    Empty,
    /// In plain.
    Plain,
}

/// A Flux Kustomization.
pub(crate) struct FluxKustomization {
    pub(crate) object: ObjectRef,
    /// The Secret that it decrypts with.
    pub(crate) secret: Option<String>,
}

/// An entry of kustomize's `secretGenerator`.
pub(crate) struct Generator {
    pub(crate) object: ObjectRef,
    pub(crate) line: Option<u64>,
    /// The names that its Secret's data will have, as far as files give them.
    pub(crate) names: Vec<(String, Option<u64>)>,
}

impl Manifests {
    /// Looks at all documents of a file.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = Self::default();
        for root in &document.roots {
            all.add(root, None, document);
        }
        all
    }

    fn add(&mut self, object: &[Item], line: Option<u64>, document: &Document) {
        let line = line.or_else(|| {
            object
                .iter()
                .filter_map(Item::node)
                .find_map(|node| document.line(node.site?))
        });
        let text = |name: &str| {
            find(object, name)
                .and_then(|node| node.value.as_str())
                .unwrap_or_default()
        };
        let (api, kind) = (text("apiVersion"), text("kind"));
        if api.is_empty() || kind.is_empty() {
            self.generators(object, document);
            return;
        }
        if let (true, Some(items)) = (kind.ends_with("List"), items(object, "items")) {
            for node in items.iter().filter_map(Item::node) {
                let line = node.site.and_then(|site| document.line(site));
                self.add(node.value.items().unwrap_or_default(), line, document);
            }
            return;
        }
        self.count += 1;
        let meta = find(object, "metadata").map(|node| &node.value);
        let of_meta = |name: &str| {
            meta.and_then(|meta| meta.get(name))
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let reference = ObjectRef::new(
            api.to_owned(),
            kind.to_owned(),
            of_meta("namespace"),
            of_meta("name"),
        );
        match (reference.group(), kind) {
            ("", "Secret") => self.secrets.push(SecretManifest {
                values: values(object, document),
                object: reference,
                line,
            }),
            ("kustomize.toolkit.fluxcd.io", "Kustomization") => {
                let decryption = find(object, "spec").and_then(|spec| spec.value.get("decryption"));
                let name = decryption
                    .and_then(|decryption| decryption.get("secretRef")?.get("name")?.as_str());
                self.kustomizations.push(FluxKustomization {
                    object: reference,
                    secret: name.map(str::to_owned),
                });
            }
            ("kustomize.config.k8s.io", "Kustomization" | "Component") => {
                self.generators(object, document)
            }
            _ => {}
        }
    }

    fn generators(&mut self, object: &[Item], document: &Document) {
        self.takes.get_or_insert_default().extend(takes(object));
        let of_all = find(object, "namespace")
            .and_then(|node| node.value.as_str())
            .unwrap_or_default();
        for node in items(object, "secretGenerator")
            .unwrap_or_default()
            .iter()
            .filter_map(Item::node)
        {
            let text = |name: &str| {
                node.value
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let namespace = if of_all.is_empty() {
                text("namespace")
            } else {
                of_all
            };
            let lists = ["files", "literals"]
                .into_iter()
                .filter_map(|field| node.value.get(field)?.items());
            let names = lists.flatten().filter_map(Item::node).filter_map(|entry| {
                let text = entry.value.as_str()?;
                let name = text.split_once('=').map_or_else(
                    || text.rsplit('/').next().unwrap_or_default(),
                    |(name, _)| name,
                );
                Some((name.to_owned(), line_of(entry, document)))
            });
            self.generators.push(Generator {
                object: ObjectRef::new("v1", "Secret", namespace, text("name")),
                line: line_of(node, document),
                names: names.collect(),
            });
        }
    }
}

fn items<'a>(object: &'a [Item], name: &str) -> Option<&'a [Item]> {
    find(object, name)?.value.items()
}

fn line_of(node: &Node, document: &Document) -> Option<u64> {
    node.site.and_then(|site| document.line(site))
}

fn values(object: &[Item], document: &Document) -> Vec<ValueSeen> {
    let mut values = Vec::new();
    for field in ["data", "stringData"] {
        let entries = items(object, field).unwrap_or_default();
        for node in entries.iter().filter_map(Item::node) {
            values.push(ValueSeen {
                field,
                name: node.key.text().unwrap_or_default().to_owned(),
                line: line_of(node, document),
                form: form(&node.value, field == "data"),
            });
        }
    }
    values
}

fn form(value: &Value, is_coded: bool) -> ValueForm {
    let text = match value {
        Value::Null => return ValueForm::Empty,
        Value::Str(text) => text.text().unwrap_or_default().trim(),
        _ => return ValueForm::Plain,
    };
    if text.starts_with("ENC[") {
        return ValueForm::Sealed;
    }
    if is_filled_in(text) {
        return ValueForm::Empty;
    }
    let decoded = if is_coded {
        BASE64_STANDARD.decode(text).ok()
    } else {
        None
    };
    let plain = Zeroizing::new(decoded.unwrap_or_else(|| text.as_bytes().to_vec()));
    let holds = |mark: &[u8]| memmem::find(&plain, mark).is_some();
    if holds(b"ENC[AES256_GCM,") && holds(b"sops") {
        ValueForm::Sealed
    } else if std::str::from_utf8(&plain).is_ok_and(is_filled_in) {
        ValueForm::Empty
    } else {
        ValueForm::Plain
    }
}

/// Whether there is nothing but variables: `${POSTGRES_PASSWORD}`, `{{ .Values.password }}`.
fn is_filled_in(text: &str) -> bool {
    let mut rest = text.trim();
    loop {
        let end = match rest {
            "" => return true,
            _ if rest.starts_with("${") => rest.find('}').map(|at| at + 1),
            _ if rest.starts_with("{{") => rest.find("}}").map(|at| at + 2),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
}

/// The files and folders that kustomize takes, and decrypted files among what it generates from.
fn takes(object: &[Item]) -> Vec<String> {
    const LISTS: [&str; 5] = [
        "resources",
        "bases",
        "components",
        "crds",
        "patchesStrategicMerge",
    ];
    let nodes = |name| {
        items(object, name)
            .unwrap_or_default()
            .iter()
            .filter_map(Item::node)
    };
    let lists = LISTS.into_iter().flat_map(nodes);
    let mut paths: Vec<String> = lists
        .filter_map(|node| node.value.as_str().map(str::to_owned))
        .collect();
    for patch in nodes("patches").chain(nodes("patchesJson6902")) {
        paths.extend(
            patch
                .value
                .get("path")
                .and_then(Value::as_str)
                .map(str::to_owned),
        );
    }
    for generator in nodes("secretGenerator") {
        for field in ["files", "envs"] {
            let entries = generator
                .value
                .get(field)
                .and_then(Value::items)
                .unwrap_or_default();
            let texts = entries
                .iter()
                .filter_map(Item::node)
                .filter_map(|node| node.value.as_str());
            paths.extend(texts.map(|text| text.rsplit('=').next().unwrap_or_default().to_owned()));
        }
    }
    paths
}
