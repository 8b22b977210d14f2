//! Reads objects out of JSON, each straight into the struct of its kind.
//!
//! `apiVersion` and `kind` mostly come first and decide how the rest is read, so nothing is read
//! twice. An object in which they come later is written down as JSON and read once more: so the
//! structs are compiled for one reader of text alone, which keeps the program small. The same goes for
//! an object named like a list, which is known to be none once it has ended without items.

mod items;
mod type_meta;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

pub(crate) use items::ItemType;
use type_meta::TypeMeta;

use crate::facts::{AnyFact, Kind, Known, Scope};

/// What one document, or one element of a list, holds.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) objects: Vec<AnyFact>,
    pub(crate) unreadable: Vec<Unreadable>,
}

/// An object, or a whole kind, that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) kind: Option<Kind>,
    pub(crate) why: String,
}

impl Document {
    /// Reads the text of one object; one that is malformed costs only itself.
    pub(crate) fn of_object(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|error| {
            let read: TypeMeta = serde_json::from_str(json).unwrap_or_default();
            read.unreadable(&error)
        })
    }

    /// Puts what lives in namespaces into one, unless that is empty.
    pub(crate) fn put_into(&mut self, namespace: &str) {
        if namespace.is_empty() {
            return;
        }
        for meta in self.objects.iter_mut().map(AnyFact::meta_mut) {
            let scope = match Kind::known(&meta.api_version, &meta.kind) {
                Known::Yes(kind, _) | Known::OtherVersion(kind) => kind.scope(),
                Known::No => Scope::Namespaced,
            };
            if scope == Scope::Namespaced {
                namespace.clone_into(&mut meta.namespace);
            }
        }
    }

    pub(crate) fn absorb(&mut self, other: Self) {
        self.objects.extend(other.objects);
        self.unreadable.extend(other.unreadable);
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocumentVisitor)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kubernetes object")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        let mut all = Document::default();
        while let Some(one) = seq.next_element()? {
            all.absorb(one);
        }
        Ok(all)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut read = TypeMeta::default();
        let mut held = Map::new();
        let mut items = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "apiVersion" => read.api_version = map.next_value()?,
                "kind" => read.kind = map.next_value()?,
                "items" if read.is_half_typed_list() => {
                    // Whoever reads it object by object gets to know the version first.
                    return Err(A::Error::custom("its items come before their apiVersion"));
                }
                "items" if read.kind.is_empty() || read.kind.ends_with("List") => {
                    items = Some(items::read(&read, &mut map)?);
                }
                _ => {
                    held.insert(key.into_owned(), map.next_value::<Value>()?);
                }
            }
            if read.is_known() && held.is_empty() && !read.kind.ends_with("List") && items.is_none()
            {
                return read.object(map);
            }
        }
        if let Some(items) = items {
            return Ok(items);
        }
        if !read.is_known() {
            // What has no metadata either was not meant as one: values of Helm, a Chart.yaml, a kustomization.yaml.
            return match held.contains_key("metadata") {
                false => Ok(Document::default()),
                true => Ok(read.unreadable_as("it has no apiVersion or no kind")),
            };
        }
        Ok(read.held(held))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(json: &str) -> AnyFact {
        let mut read = Document::of_object(json);
        assert!(read.unreadable.is_empty(), "{:?}", read.unreadable);
        assert_eq!(read.objects.len(), 1, "{json}");
        read.objects.remove(0)
    }

    #[test]
    fn what_is_named_like_a_list_is_one_only_where_it_has_items() {
        for (json, name) in [
            (
                r#"{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"ManagedPrefixList","metadata":{"name":"almckay"}}"#,
                "almckay",
            ),
            (
                r#"{"metadata":{"name":"almckay"},"kind":"ManagedPrefixList","apiVersion":"ec2.aws.upbound.io/v1beta1"}"#,
                "almckay",
            ),
            (r#"{"apiVersion":"v1","kind":"PodList","metadata":{}}"#, ""),
            (r#"{"apiVersion":"v1","kind":"PodList"}"#, ""),
        ] {
            let fact = only(json);
            assert_eq!(fact.meta().name, name);
            assert!(fact.meta().kind.ends_with("List"), "{:?}", fact.meta());
        }
        let empty = Document::of_object(r#"{"apiVersion":"v1","kind":"PodList","items":null}"#);
        assert!(empty.objects.is_empty() && empty.unreadable.is_empty());
    }

    #[test]
    fn what_is_not_meant_as_an_object_is_none() {
        for json in [
            r#"{"replicas":3}"#,
            r#"{"apiVersion":"v2","name":"authentik","version":"1.0.0"}"#,
            r#"{"kind":"Kustomization","resources":["apps"]}"#,
        ] {
            let read = Document::of_object(json);
            assert!(
                read.objects.is_empty() && read.unreadable.is_empty(),
                "{json}"
            );
        }
        let read = Document::of_object(r#"{"kind":"Pod","metadata":{"name":"web"}}"#);
        assert_eq!(read.unreadable.len(), 1);
    }

    #[test]
    fn a_malformed_object_whose_type_comes_late_is_one_of_its_kind() {
        let read = Document::of_object(r#"{"metadata":{"name":7},"kind":"Pod","apiVersion":"v1"}"#);
        assert_eq!(read.unreadable[0].kind, Some(Kind::Pod));
        assert!(read.unreadable[0].why.starts_with("Pod cannot be read: "));
    }
}
