//! Pages of a list in JSON, as the API server writes them.

use std::fmt;

use memchr::memmem;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess};

use super::json;
use crate::facts::AnyFact;
use crate::kube::{Chunk, Encoding};
use crate::malformed;
use crate::mask::mask_credentials;

/// Lists of any kind, each object straight into its struct.
pub(super) struct JsonList;

impl Encoding for JsonList {
    type Item = AnyFact;

    fn accept(&self) -> &'static str {
        "application/json"
    }

    fn next(&self, page: &[u8]) -> Result<String, String> {
        let next = next_of(page, "List")?;
        // Absent is not the same as empty.
        match memmem::find(page, b"\"items\"") {
            Some(_) => Ok(next),
            None => Err("the answer is a list without items".to_owned()),
        }
    }

    fn read(&self, mut page: Vec<u8>) -> Result<Chunk<AnyFact>, String> {
        mask_credentials(&mut page);
        let text = std::str::from_utf8(&page).map_err(|error| error.to_string())?;
        let mut chunk = Chunk {
            items: Vec::new(),
            unreadable: None,
        };
        for document in json::documents(text).map_err(|error| malformed::json(&error))? {
            chunk.items.extend(document.objects);
            let first = document.unreadable.into_iter().next();
            chunk.unreadable = chunk.unreadable.or(first.map(|unreadable| unreadable.why));
        }
        Ok(chunk)
    }
}

/// The token that asks for the next page; empty on the last one. The answer's kind must end in `kind`: an error has
/// no token either, and must not pass for the last page.
///
/// Kinds of Kubernetes' own have this before their objects, custom ones after them: the objects are not looked at.
pub(super) fn next_of(page: &[u8], kind: &str) -> Result<String, String> {
    let text = std::str::from_utf8(page).map_err(|error| error.to_string())?;
    let (read, head) = match Head::after_items(text) {
        Some(head) => (Ok(()), head),
        None => Head::before_items(text),
    };
    match (read, head.kind, head.next) {
        (_, Some(found), Some(_)) if !found.ends_with(kind) => {
            Err(format!("the answer is no list: {found}"))
        }
        (_, Some(_), Some(next)) => Ok(next),
        (Err(error), ..) => Err(malformed::json(&error)),
        (Ok(()), ..) => Err("the answer is no list".to_owned()),
    }
}

/// What a list tells of itself.
#[derive(Default)]
struct Head {
    kind: Option<String>,
    next: Option<String>,
}

impl Head {
    fn before_items(text: &str) -> (serde_json::Result<()>, Self) {
        let mut head = Self::default();
        let read = Peek(&mut head).deserialize(&mut serde_json::Deserializer::from_str(text));
        (read, head)
    }

    /// The text after the last bracket belongs to the list itself where it closes exactly one object that it did
    /// not open.
    fn after_items(text: &str) -> Option<Self> {
        let (_, rest) = text.rsplit_once(']')?;
        let rest = rest.trim_start().strip_prefix(',')?;
        let List { kind, metadata } = serde_json::from_str(&format!("{{{rest}")).ok()?;
        Some(Self {
            kind: Some(kind),
            next: Some(metadata.next.unwrap_or_default()),
        })
    }
}

/// A list without its items.
#[derive(Deserialize)]
struct List {
    kind: String,
    metadata: ListMeta,
}

/// `metadata` of a list.
#[derive(Deserialize)]
struct ListMeta {
    #[serde(default, rename = "continue")]
    next: Option<String>,
}

/// Stops, by an error, once it has read what it is after.
struct Peek<'a>(&'a mut Head);

impl<'de> DeserializeSeed<'de> for Peek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> de::Visitor<'de> for Peek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "kind" => self.0.kind = Some(map.next_value()?),
                "metadata" => {
                    let meta: ListMeta = map.next_value()?;
                    self.0.next = Some(meta.next.unwrap_or_default());
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if self.0.kind.is_some() && self.0.next.is_some() {
                return Err(A::Error::custom("read enough"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubernetes_own_lists_and_custom_ones_are_read() {
        let own = r#"{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"abc"},
            "items":[{"metadata":{"name":"a"}},{"metadata":{"namespace":"auth","name":7}}]}"#;
        let custom = r#"{"apiVersion":"kustomize.toolkit.fluxcd.io/v1","items":[
            {"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization","metadata":{"name":"a"}}],
            "kind":"KustomizationList","metadata":{"continue":"abc"}}"#;
        for page in [own, custom] {
            assert_eq!(next_of(page.as_bytes(), "List").unwrap(), "abc");
            let chunk = JsonList.read(page.into()).unwrap();
            assert_eq!(chunk.items.len(), 1);
            assert_eq!(chunk.items[0].meta().name, "a");
            assert_eq!(chunk.unreadable.is_some(), page == own);
        }
    }

    #[test]
    fn what_an_object_says_is_not_taken_for_what_its_list_says() {
        let page = r#"{"kind":"PodList","metadata":{"continue":"abc"},"items":
            {"spec":[],"kind":"PodList","metadata":{"continue":"evil"}}}"#;
        assert_eq!(next_of(page.as_bytes(), "List").unwrap(), "abc");
        let page = r#"{"items":[{"note":"],\"kind\":\"PodList\",\"metadata\":{\"continue\":\"evil\"}}"}],
            "kind":"PodList","metadata":{"continue":"abc","selfLink":"]"}}"#;
        assert_eq!(next_of(page.as_bytes(), "List").unwrap(), "abc");
    }

    #[test]
    fn what_is_no_whole_list_is_an_error() {
        let cut = r#"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"#;
        assert!(JsonList.read(cut.into()).is_err());
        for page in [
            r#"{"kind":"Status","apiVersion":"v1","metadata":{},"message":"no"}"#,
            r#"{"apiVersion":"v1","items":[]}"#,
            "<html>",
            "",
        ] {
            assert!(next_of(page.as_bytes(), "List").is_err(), "{page}");
        }
    }
}
