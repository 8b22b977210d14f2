//! Reads objects out of JSON, each straight into the struct of its kind.
//!
//! `apiVersion` and `kind` mostly come first and decide how the rest is read, so nothing is read
//! twice. An object in which they come later is written down as JSON and read once more: so the
//! structs are compiled for one reader of text alone, which keeps the program small.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
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
    /// Reads the text of one object; one that is malformed costs only itself.
    pub(crate) fn of_object(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|error| {
            let read: Type = serde_json::from_str(json).unwrap_or_default();
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

/// `apiVersion` and `kind`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Type {
    api_version: String,
    kind: String,
}

impl Type {
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
                let mut document = self.custom(Custom::deserialize(rest)?);
                document.unreadable.push(self.other_version(kind));
                Ok(document)
            }
            Known::No => Ok(self.custom(Custom::deserialize(rest)?)),
        }
    }

    fn custom(&self, custom: Custom) -> Document {
        Document {
            objects: vec![self.label(custom)],
            unreadable: Vec::new(),
        }
    }

    /// An object of this type, for which there is no struct.
    fn label(&self, custom: Custom) -> AnyFact {
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
        fact
    }

    fn other_version(&self, kind: Kind) -> Unreadable {
        let why = format!("{} of version {} is not known", self.kind, self.api_version);
        Unreadable {
            kind: Some(kind),
            why,
        }
    }

    /// Reads the items of a list.
    fn items<'de, A: MapAccess<'de>>(&self, map: &mut A) -> Result<Document, A::Error> {
        let Some(of_items) = self.of_items() else {
            let mut all = Document::default();
            let documents: Option<Vec<Document>> = map.next_value()?;
            documents
                .into_iter()
                .flatten()
                .for_each(|document| all.absorb(document));
            return Ok(all);
        };
        let mut document = map.next_value_seed(Items(&of_items))?;
        if let (Known::OtherVersion(kind), false) = (of_items.known(), document.objects.is_empty())
        {
            document.unreadable.push(of_items.other_version(kind));
        }
        Ok(document)
    }
}

/// Reads items that carry no type of their own.
struct Items<'a>(&'a Type);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of Kubernetes objects")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        while let Some(fact) = seq.next_element_seed(Item(self.0))? {
            document.objects.push(fact);
        }
        Ok(document)
    }
}

/// Reads one of them.
struct Item<'a>(&'a Type);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = AnyFact;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<AnyFact, D::Error> {
        match self.0.known() {
            Known::Yes(kind, api_version) => {
                let mut fact = for_kind!(kind, F => F::deserialize(deserializer)?.into_any());
                let kind = Cow::Borrowed(kind.name());
                label(&mut fact, Cow::Borrowed(api_version), kind);
                Ok(fact)
            }
            _ => Ok(self.0.label(Custom::deserialize(deserializer)?)),
        }
    }
}

/// How to read the items of a list, from what stands before them.
#[derive(Debug, Clone)]
pub(crate) struct ItemType(Option<Type>);

impl ItemType {
    /// The type that a list's text up to its first item tells; none where items tell their own.
    pub(crate) fn of_head(head: &[u8]) -> Self {
        let closed = [head, b"]}"].concat();
        let list: Type = serde_json::from_slice(&closed).unwrap_or_default();
        Self(list.of_items())
    }

    /// Reads one item.
    pub(crate) fn read(&self, json: &str, into: &mut Document) -> serde_json::Result<()> {
        let Some(of_items) = &self.0 else {
            into.absorb(serde_json::from_str(json)?);
            return Ok(());
        };
        let mut text = serde_json::Deserializer::from_str(json);
        into.objects.push(Item(of_items).deserialize(&mut text)?);
        text.end()?;
        if let Known::OtherVersion(kind) = of_items.known() {
            into.unreadable.push(of_items.other_version(kind));
        }
        Ok(())
    }
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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut read = Type::default();
        let mut held = Map::new();
        let mut items = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "apiVersion" => read.api_version = map.next_value()?,
                "kind" => read.kind = map.next_value()?,
                "items" if read.kind.is_empty() || read.kind.ends_with("List") => {
                    items = Some(read.items(&mut map)?);
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

impl Type {
    /// The object's text with its type first.
    fn in_order(&self, held: Map<String, Value>) -> String {
        let mut rest = Value::Object(held).to_string();
        let head = format!(
            "{{\"apiVersion\":{},\"kind\":{},",
            Value::from(&*self.api_version),
            Value::from(&*self.kind)
        );
        rest.replace_range(..1, &head);
        rest
    }
}
