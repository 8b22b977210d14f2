//! One document of a YAML stream: an object, or a list of them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::source::document::{Document, ItemType};

/// What a document of a YAML stream, or an element of a list, holds.
pub(super) enum YamlDocument {
    /// An object that tells its type.
    Typed(Document),
    /// An object that does not, as JSON: the list that it is in may.
    Untyped(String),
    /// Objects whose list may tell the type of those that do not tell it themselves.
    Many(Vec<Spanned<Self>>, Option<ItemType>),
}

impl YamlDocument {
    /// Adds each object with the line that it starts on; those without a type are what `of` says.
    pub(super) fn add_to(self, all: &mut Vec<(Document, u64)>, line: u64, of: &ItemType) {
        match self {
            Self::Typed(read) => all.push((read, line)),
            Self::Untyped(json) => all.push((of.read_one(&json), line)),
            Self::Many(items, own) => {
                for item in items {
                    let line = item.referenced.line();
                    item.value.add_to(all, line, own.as_ref().unwrap_or(of));
                }
            }
        }
    }
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
        Ok(YamlDocument::Many(Vec::new(), None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<YamlDocument, A::Error> {
        let Items(items) = ItemsVisitor.visit_seq(seq)?;
        Ok(YamlDocument::Many(items, None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<YamlDocument, A::Error> {
        let mut json = String::from("{");
        let mut is_typed = false;
        let mut list = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                list = Some(map.next_value::<Items>()?);
                continue;
            }
            is_typed |= key == "apiVersion" || key == "kind";
            if json.len() > 1 {
                json.push(',');
            }
            write(&key, &mut json)?;
            json.push(':');
            write(&map.next_value::<serde_json::Value>()?, &mut json)?;
        }
        let Some(Items(items)) = list else {
            json.push('}');
            return Ok(match is_typed {
                true => YamlDocument::Typed(Document::of_object(&json)),
                false => YamlDocument::Untyped(json),
            });
        };
        if json.len() > 1 {
            json.push(',');
        }
        let of = ItemType::of_head(format!("{json}\"items\":[").as_bytes());
        Ok(YamlDocument::Many(items, Some(of)))
    }
}

fn write<T: serde::Serialize, E: de::Error>(value: &T, json: &mut String) -> Result<(), E> {
    json.push_str(&serde_json::to_string(value).map_err(de::Error::custom)?);
    Ok(())
}

/// The elements of a list.
#[derive(Default)]
struct Items(Vec<Spanned<YamlDocument>>);

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
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Items(items))
    }
}
