//! Reads YAML object by object: each is written down as JSON and read from there, so that the
//! structs of facts know one format only. The parser's own pass costs ten times as much.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::document::Document;

/// What a document of a YAML stream holds.
#[derive(Default)]
pub(super) struct YamlDocument(pub(super) Document);

/// All documents of a text, each with the line it starts on.
///
/// The parser's budget keeps hostile files from eating memory. How much a file may hold grows
/// with its size; what aliases may multiply does not.
pub(super) fn documents(text: &str) -> Result<Vec<(Document, u64)>, serde_saphyr::Error> {
    let size = text.len().max(1 << 16);
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: size,
            max_nodes: size,
            max_total_scalar_bytes: size * 2,
            max_documents: size,
        },
        with_snippet: false,
    };
    let documents: Vec<Spanned<YamlDocument>> =
        serde_saphyr::from_multiple_with_options(text, options)?;
    let placed = documents
        .into_iter()
        .map(|document| (document.value.0, document.referenced.line()));
    Ok(placed.collect())
}

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
