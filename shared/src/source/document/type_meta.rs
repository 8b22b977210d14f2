//! What an object says of its type, and reading the rest of it by that.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{Document, Unreadable};
use crate::facts::kinds::custom::Custom;
use crate::facts::{AnyFact, Fact, Kind, Known, for_kind};
use crate::malformed;

/// `apiVersion` and `kind`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct TypeMeta {
    pub(super) api_version: String,
    pub(super) kind: String,
}

impl TypeMeta {
    pub(super) fn is_known(&self) -> bool {
        !self.api_version.is_empty() && !self.kind.is_empty()
    }

    pub(super) fn known(&self) -> Known {
        Kind::known(&self.api_version, &self.kind)
    }

    /// The type of a typed list's items; a plain `List` tells none.
    pub(super) fn of_items(&self) -> Option<Self> {
        let kind = self
            .kind
            .strip_suffix("List")
            .filter(|kind| !kind.is_empty())?;
        Some(Self {
            api_version: self.api_version.clone(),
            kind: kind.to_owned(),
        })
    }

    /// Whether it is of a typed list so far, but not yet of which version.
    pub(super) fn is_half_typed_list(&self) -> bool {
        self.api_version.is_empty() && self.of_items().is_some()
    }

    /// Reads the rest of an object of this type.
    pub(super) fn object<'de, A: MapAccess<'de>>(&self, map: A) -> Result<Document, A::Error> {
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

    pub(super) fn custom(&self, custom: Custom) -> Document {
        Document {
            objects: vec![self.label(custom)],
            unreadable: Vec::new(),
        }
    }

    /// An object of this type, for which there is no struct.
    pub(super) fn label(&self, custom: Custom) -> AnyFact {
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

    pub(super) fn other_version(&self, kind: Kind) -> Unreadable {
        let why = format!("{} of version {} is not known", self.kind, self.api_version);
        Unreadable {
            kind: Some(kind),
            why,
        }
    }

    /// Reads an object of this type whose rest was held until the type was known.
    pub(super) fn held(&self, rest: Map<String, Value>) -> Document {
        let rest = Value::Object(rest).to_string();
        let read = serde_json::Deserializer::from_str(&rest).deserialize_map(Rest(self));
        read.unwrap_or_else(|error| self.unreadable(&error))
    }

    /// That an object of this type is malformed; where that is in its own text tells nobody where it was read.
    pub(super) fn unreadable(&self, error: &serde_json::Error) -> Document {
        self.unreadable_as(&malformed::json_reason(error))
    }

    /// That an object of this type cannot be read, and why.
    pub(super) fn unreadable_as(&self, why: &str) -> Document {
        let kind = match self.known() {
            Known::Yes(kind, _) | Known::OtherVersion(kind) => Some(kind),
            Known::No => None,
        };
        let named = match self.kind.as_str() {
            "" => "an object",
            kind => kind,
        };
        let why = format!("{named} cannot be read: {why}");
        Document {
            objects: Vec::new(),
            unreadable: vec![Unreadable { kind, why }],
        }
    }
}

/// Reads an object but for its type.
struct Rest<'a>(&'a TypeMeta);

impl<'de> Visitor<'de> for Rest<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kubernetes object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Document, A::Error> {
        self.0.object(map)
    }
}

/// Notes an object's type.
pub(super) fn label(fact: &mut AnyFact, api_version: Cow<'static, str>, kind: Cow<'static, str>) {
    let meta = fact.meta_mut();
    meta.api_version = api_version;
    meta.kind = kind;
}
