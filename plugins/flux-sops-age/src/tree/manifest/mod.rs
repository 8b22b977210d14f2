//! The manifests of a file that have to do with keys: Secrets, Flux Kustomizations, kustomize's generators.

mod flux;
mod kustomize;
mod secret;

use shared::object::ObjectRef;
use shared::sops::Document;
use shared::sops::tree::{Item, Node, Value, find};

pub(crate) use flux::FluxKustomization;
pub(crate) use kustomize::Generator;
pub(crate) use secret::{SecretManifest, ValueForm};

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

/// Where an object stands.
#[derive(Clone, Copy)]
struct Stands {
    /// Which document of the file it is; none where it is in a List.
    document: Option<usize>,
    line: Option<u64>,
}

impl Manifests {
    /// Looks at all documents of a file.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = Self::default();
        for (number, root) in document.roots.iter().enumerate() {
            let mut nodes = root.iter().filter_map(Item::node);
            let stands = Stands {
                document: Some(number),
                line: nodes.find_map(|node| line_of(node, document)),
            };
            all.add(root, stands, document);
        }
        all
    }

    fn add(&mut self, object: &[Item], stands: Stands, document: &Document) {
        let (api, kind) = (text(object, "apiVersion"), text(object, "kind"));
        if api.is_empty() || kind.is_empty() {
            self.take(object, document);
            return;
        }
        if let (true, Some(items)) = (kind.ends_with("List"), items(object, "items")) {
            for node in items.iter().filter_map(Item::node) {
                let stands = Stands {
                    document: None,
                    line: line_of(node, document),
                };
                self.add(node.value.items().unwrap_or_default(), stands, document);
            }
            return;
        }
        self.count += 1;
        let reference = reference(object, api, kind);
        match (reference.group(), kind) {
            ("", "Secret") => self.secrets.push(SecretManifest {
                values: secret::values(object, document),
                object: reference,
                line: stands.line,
            }),
            ("kustomize.toolkit.fluxcd.io", "Kustomization") => {
                let found = FluxKustomization::of(object, reference, stands.document);
                self.kustomizations.push(found);
            }
            ("kustomize.config.k8s.io", "Kustomization" | "Component") => {
                self.take(object, document);
            }
            _ => {}
        }
    }

    fn take(&mut self, object: &[Item], document: &Document) {
        let takes = self.takes.get_or_insert_default();
        takes.extend(kustomize::takes(object));
        self.generators
            .extend(kustomize::generators(object, document));
    }
}

fn reference(object: &[Item], api: &str, kind: &str) -> ObjectRef {
    let meta = find(object, "metadata").map(|node| &node.value);
    let of_meta = |name: &str| {
        meta.and_then(|meta| meta.get(name))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    ObjectRef::new(
        api.to_owned(),
        kind.to_owned(),
        of_meta("namespace"),
        of_meta("name"),
    )
}

fn text<'a>(object: &'a [Item], name: &str) -> &'a str {
    let value = find(object, name).and_then(|node| node.value.as_str());
    value.unwrap_or_default()
}

fn items<'a>(object: &'a [Item], name: &str) -> Option<&'a [Item]> {
    find(object, name)?.value.items()
}

fn line_of(node: &Node, document: &Document) -> Option<u64> {
    node.site.and_then(|site| document.line(site))
}
