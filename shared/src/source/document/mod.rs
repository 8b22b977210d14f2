//! Reads objects out of JSON, each straight into the struct of its kind.
//!
//! `apiVersion` and `kind` mostly come first and decide how the rest is read, so nothing is read
//! twice. An object in which they come later is written down as JSON and read once more: so the
//! structs are compiled for one reader of text alone, which keeps the program small.

mod items;
mod type_meta;

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

pub(crate) use items::ItemType;
use type_meta::TypeMeta;

use crate::facts::{AnyFact, Kind, Known};

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
            let kind = match read.known() {
                Known::Yes(kind, _) | Known::OtherVersion(kind) => Some(kind),
                Known::No => None,
            };
            let named = if read.kind.is_empty() {
                "an object"
            } else {
                &read.kind
            };
            let why = format!("{named} cannot be read: {error}");
            Self {
                objects: Vec::new(),
                unreadable: vec![Unreadable { kind, why }],
            }
        })
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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut read = TypeMeta::default();
        let mut held = Map::new();
        let mut items = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "apiVersion" => read.api_version = map.next_value()?,
                "kind" => read.kind = map.next_value()?,
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
            return match held.is_empty() {
                true => Ok(Document::default()),
                false => Err(de::Error::custom(
                    "it is no Kubernetes object: apiVersion or kind is missing",
                )),
            };
        }
        Ok(Document::of_object(&read.in_order(held)))
    }
}
