//! Reads objects out of JSON or YAML, each straight into the struct of its kind.
//!
//! `apiVersion` and `kind` mostly come first and decide how the rest is read, so nothing is read
//! twice. Where they come later, what came before them is held as a value meanwhile.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor,
};
use serde_json::{Map, Value};

use crate::facts::kinds::custom::Custom;
use crate::facts::{AnyFact, Fact, Kind, Known, for_kind};

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
    /// Reads a value object by object, so that one that is malformed costs only itself.
    pub(crate) fn from_value(value: Value) -> Self {
        let mut document = Self::default();
        document.add_value(value);
        document
    }

    fn add_value(&mut self, value: Value) {
        let Value::Object(mut map) = value else {
            return;
        };
        if let Some(Value::Array(items)) = map.remove("items") {
            let parent = Type::of(&map);
            for mut item in items {
                parent.item_type(&mut item);
                self.add_value(item);
            }
            return;
        }
        let read = Type::of(&map);
        let kind = match read.known() {
            Known::Yes(kind, _) | Known::OtherVersion(kind) => Some(kind),
            Known::No => None,
        };
        match read.object(de::value::MapDeserializer::new(map.into_iter())) {
            Ok(one) => self.absorb(one),
            Err::<_, serde_json::Error>(error) => {
                self.unreadable.push(Unreadable {
                    kind,
                    why: format!("{}: {error}", read.kind),
                });
            }
        }
    }

    fn absorb(&mut self, other: Self) {
        self.objects.extend(other.objects);
        self.unreadable.extend(other.unreadable);
    }
}

/// `apiVersion` and `kind`.
#[derive(Default)]
struct Type {
    api_version: String,
    kind: String,
}

impl Type {
    fn of(map: &Map<String, Value>) -> Self {
        let text = |key| {
            map.get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Self {
            api_version: text("apiVersion"),
            kind: text("kind"),
        }
    }

    fn is_known(&self) -> bool {
        !self.api_version.is_empty() && !self.kind.is_empty()
    }

    fn known(&self) -> Known {
        Kind::known(&self.api_version, &self.kind)
    }

    /// The type of a typed list's items; a plain `List` tells none.
    fn of_items(&self) -> Option<Self> {
        let kind = self
            .kind
            .strip_suffix("List")
            .filter(|kind| !kind.is_empty())?;
        Some(Self {
            api_version: self.api_version.clone(),
            kind: kind.to_owned(),
        })
    }

    /// Items of a typed list carry no type of their own.
    fn item_type(&self, item: &mut Value) {
        if let (Some(of_items), Value::Object(map)) = (self.of_items(), item) {
            map.entry("apiVersion")
                .or_insert(of_items.api_version.into());
            map.entry("kind").or_insert(of_items.kind.into());
        }
    }

    /// Reads the rest of an object of this type.
    fn object<'de, A: MapAccess<'de>>(&self, map: A) -> Result<Document, A::Error> {
        let rest = de::value::MapAccessDeserializer::new(map);
        match self.known() {
            Known::Yes(kind, api_version) => {
                let mut fact = for_kind!(kind, F => F::deserialize(rest)?.into_any());
                label(
                    &mut fact,
                    Cow::Borrowed(api_version),
                    Cow::Borrowed(kind.name()),
                );
                Ok(Document {
                    objects: vec![fact],
                    unreadable: Vec::new(),
                })
            }
            Known::OtherVersion(kind) => {
                let why = format!("{} of version {} is not known", self.kind, self.api_version);
                let mut document = self.custom(Custom::deserialize(rest)?);
                document.unreadable.push(Unreadable {
                    kind: Some(kind),
                    why,
                });
                Ok(document)
            }
            Known::No => Ok(self.custom(Custom::deserialize(rest)?)),
        }
    }

    fn custom(&self, custom: Custom) -> Document {
        let mut fact = Custom {
            api_version: self.api_version.clone(),
            kind: self.kind.clone(),
            ..custom
        }
        .into_any();
        label(
            &mut fact,
            self.api_version.clone().into(),
            self.kind.clone().into(),
        );
        Document {
            objects: vec![fact],
            unreadable: Vec::new(),
        }
    }

    /// Reads the items of a typed list.
    fn items<'de, A: MapAccess<'de>>(&self, map: &mut A) -> Result<Document, A::Error> {
        let Some(of_items) = self.of_items() else {
            return documents(map.next_value::<Option<Vec<Document>>>()?);
        };
        match of_items.known() {
            Known::Yes(kind, api_version) => for_kind!(kind, F => {
                let facts = list::<F, A>(map)?.into_iter().map(|fact| {
                    let mut fact = fact.into_any();
                    label(&mut fact, Cow::Borrowed(api_version), Cow::Borrowed(kind.name()));
                    fact
                });
                Ok(Document { objects: facts.collect(), unreadable: Vec::new() })
            }),
            _ => {
                let values: Option<Vec<Value>> = map.next_value()?;
                let mut document = Document::default();
                for mut value in values.into_iter().flatten() {
                    self.item_type(&mut value);
                    document.add_value(value);
                }
                Ok(document)
            }
        }
    }
}

fn list<'de, F: DeserializeOwned, A: MapAccess<'de>>(map: &mut A) -> Result<Vec<F>, A::Error> {
    Ok(map.next_value::<Option<Vec<F>>>()?.unwrap_or_default())
}

fn documents<E>(documents: Option<Vec<Document>>) -> Result<Document, E> {
    let mut all = Document::default();
    documents
        .into_iter()
        .flatten()
        .for_each(|document| all.absorb(document));
    Ok(all)
}

fn label(fact: &mut AnyFact, api_version: Cow<'static, str>, kind: Cow<'static, str>) {
    let meta = fact.meta_mut();
    meta.api_version = api_version;
    meta.kind = kind;
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

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut read = Type::default();
        let mut held = Map::new();
        let mut items = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "apiVersion" => read.api_version = map.next_value()?,
                "kind" => read.kind = map.next_value()?,
                "items" if held.is_empty() || read.kind.is_empty() || read.of_items().is_some() => {
                    items = Some(read.items(&mut map)?);
                }
                _ => {
                    held.insert(key, map.next_value()?);
                }
            }
            let is_list = items.is_some() || read.kind.ends_with("List");
            if read.is_known() && held.is_empty() && !is_list {
                return read.object(map);
            }
        }
        if let Some(items) = items {
            return Ok(items);
        }
        if held.is_empty() && !read.is_known() {
            return Ok(Document::default());
        }
        if !read.is_known() {
            return Err(A::Error::custom(
                "not a Kubernetes object: apiVersion or kind is missing",
            ));
        }
        read.object(de::value::MapDeserializer::new(held.into_iter()))
            .map_err(A::Error::custom::<serde_json::Error>)
    }
}
