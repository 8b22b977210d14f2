//! Reads the items of a list, whose type the list tells once for all.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Document;
use super::type_meta::{TypeMeta, label};
use crate::facts::kinds::custom::Custom;
use crate::facts::{AnyFact, Fact, Known, for_kind};

/// Reads items that carry no type of their own.
struct Items<'a>(&'a TypeMeta);

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
struct Item<'a>(&'a TypeMeta);

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

/// Reads the items of a list of some type.
pub(super) fn read<'de, A: MapAccess<'de>>(
    list: &TypeMeta,
    map: &mut A,
) -> Result<Document, A::Error> {
    let Some(of_items) = list.of_items() else {
        let mut all = Document::default();
        let documents: Option<Vec<Document>> = map.next_value()?;
        documents
            .into_iter()
            .flatten()
            .for_each(|document| all.absorb(document));
        return Ok(all);
    };
    let mut document = map.next_value_seed(Items(&of_items))?;
    if document
        .objects
        .iter()
        .any(|fact| fact.meta().name.is_empty())
    {
        // It may be a list: whoever reads object by object sees that.
        return Err(A::Error::custom("an item has no name"));
    }
    if let (Known::OtherVersion(kind), false) = (of_items.known(), document.objects.is_empty()) {
        document.unreadable.push(of_items.other_version(kind));
    }
    Ok(document)
}

/// How to read the items of a list, from what stands before them; by default each tells its own type.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemType(Option<TypeMeta>);

impl ItemType {
    /// The type that a list tells by its own.
    pub(crate) fn of_list(api_version: String, kind: String) -> Self {
        Self(TypeMeta { api_version, kind }.of_items())
    }

    /// Whether the list tells a type, and not each item its own.
    pub(crate) fn is_told(&self) -> bool {
        self.0.is_some()
    }

    /// The type that a list's text up to its first item tells; none where items tell their own.
    pub(crate) fn of_head(head: &[u8]) -> Self {
        let closed = [head, b"]}"].concat();
        let list: TypeMeta = serde_json::from_slice(&closed).unwrap_or_default();
        // Its version may come after the items.
        Self(list.of_items().filter(TypeMeta::is_known))
    }

    /// Reads one item; one that is malformed costs only itself.
    pub(crate) fn read_one(&self, json: &str) -> Document {
        let Some(of_items) = &self.0 else {
            return Document::of_object(json);
        };
        let read = self.read(&format!("[{json}]"));
        read.unwrap_or_else(|error| of_items.unreadable(&error))
    }

    /// Reads an array of items.
    pub(crate) fn read(&self, json: &str) -> serde_json::Result<Document> {
        let Some(of_items) = &self.0 else {
            let mut all = Document::default();
            let documents: Vec<Document> = serde_json::from_str(json)?;
            documents
                .into_iter()
                .for_each(|document| all.absorb(document));
            return Ok(all);
        };
        let mut text = serde_json::Deserializer::from_str(json);
        let mut all = Items(of_items).deserialize(&mut text)?;
        text.end()?;
        if let Known::OtherVersion(kind) = of_items.known() {
            all.unreadable.push(of_items.other_version(kind));
        }
        Ok(all)
    }
}
