//! A Flux Kustomization in a file.

use shared::object::ObjectRef;
use shared::sops::tree::{Item, Value, find};

/// A Flux Kustomization.
#[derive(Debug, Clone)]
pub(crate) struct FluxKustomization {
    pub(crate) object: ObjectRef,
    /// Which document of the file it is; none where it is in a List.
    pub(crate) document: Option<usize>,
    /// `spec.path`.
    pub(crate) path: String,
    /// Whether it decrypts.
    pub(crate) decrypts: bool,
    /// The Secret that it decrypts with, where it names one.
    pub(crate) secret: Option<String>,
}

impl FluxKustomization {
    /// Looks at an object.
    pub(super) fn of(object: &[Item], reference: ObjectRef, document: Option<usize>) -> Self {
        let spec = find(object, "spec").map(|node| &node.value);
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let decryption = spec
            .and_then(|spec| spec.get("decryption"))
            .filter(|value| **value != Value::Null);
        Self {
            object: reference,
            document,
            path: text(spec.and_then(|spec| spec.get("path"))).unwrap_or_default(),
            decrypts: decryption.is_some(),
            secret: text(decryption.and_then(|spec| spec.get("secretRef")?.get("name"))),
        }
    }
}
