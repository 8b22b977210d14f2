//! One document of a YAML stream: an object, or a list of them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::document::{Document, ItemType};

/// What a document of a YAML stream holds.
#[derive(Default)]
pub(super) struct YamlDocument {
    read: Document,
    /// Objects that do not tell their type, as JSON: the list that they are in may.
    untyped: Vec<String>,
}

impl YamlDocument {
    /// All objects, where those without a type are what `of` says.
    pub(super) fn typed(self, of: &ItemType) -> Document {
        let mut all = self.read;
        for json in self.untyped {
            all.absorb(of.read_one(&json));
        }
        all
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
        Ok(YamlDocument::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<YamlDocument, A::Error> {
        let Items(items) = ItemsVisitor.visit_seq(seq)?;
        let mut all = YamlDocument::default();
        for item in items {
            all.read.absorb(item.read);
            all.untyped.extend(item.untyped);
        }
        Ok(all)
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
                true => YamlDocument {
                    read: Document::of_object(&json),
                    untyped: Vec::new(),
                },
                false => YamlDocument {
                    read: Document::default(),
                    untyped: vec![json],
                },
            });
        };
        if json.len() > 1 {
            json.push(',');
        }
        let of = ItemType::of_head(format!("{json}\"items\":[").as_bytes());
        let mut all = Document::default();
        for item in items {
            all.absorb(item.typed(&of));
        }
        Ok(YamlDocument {
            read: all,
            untyped: Vec::new(),
        })
    }
}

fn write<T: serde::Serialize, E: de::Error>(value: &T, json: &mut String) -> Result<(), E> {
    json.push_str(&serde_json::to_string(value).map_err(de::Error::custom)?);
    Ok(())
}

/// The elements of a list.
#[derive(Default)]
struct Items(Vec<YamlDocument>);

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
