//! One document of a YAML stream: an object, or a list of them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::document::Document;

/// What a document of a YAML stream holds.
#[derive(Default)]
pub(super) struct YamlDocument(pub(super) Document);

impl<'de> Deserialize<'de> for YamlDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = YamlDocument;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kubernetes object")
    }

    fn visit_unit<E>(self) -> Result<YamlDocument, E> {
        Ok(YamlDocument::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<YamlDocument, A::Error> {
        let mut json = String::from("{");
        let mut list = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                list = Some(map.next_value::<Items>()?);
                continue;
            }
            if json.len() > 1 {
                json.push(',');
            }
            write(&key, &mut json)?;
            json.push(':');
            write(&map.next_value::<serde_json::Value>()?, &mut json)?;
        }
        json.push('}');
        let Some(Items(items)) = list else {
            return Ok(YamlDocument(Document::of_object(&json)));
        };
        let mut all = Document::default();
        for item in items {
            all.absorb(item);
        }
        Ok(YamlDocument(all))
    }
}

fn write<T: serde::Serialize, E: de::Error>(value: &T, json: &mut String) -> Result<(), E> {
    json.push_str(&serde_json::to_string(value).map_err(de::Error::custom)?);
    Ok(())
}

/// The elements of a list.
#[derive(Default)]
struct Items(Vec<Document>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of Kubernetes objects")
    }

    fn visit_unit<E>(self) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Items, A::Error> {
        let mut items = Vec::new();
        while let Some(YamlDocument(document)) = seq.next_element()? {
            items.push(document);
        }
        Ok(Items(items))
    }
}
