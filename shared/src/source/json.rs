//! Reads JSON: one document, or several one after the other.

use serde::Deserialize;
use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::document::{Document, ItemType, Unreadable};

/// Nobody puts more lists into each other.
const DEEPEST: usize = 16;

/// All documents of a text. Where one does not fit its struct, all are read object by object,
/// so that one malformed object costs only itself.
pub(super) fn documents(text: &str) -> serde_json::Result<Vec<Document>> {
    match Deserializer::from_str(text).into_iter().collect() {
        Err(error) if error.is_data() => one_by_one(text),
        documents => documents,
    }
}

fn one_by_one(text: &str) -> serde_json::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for document in Deserializer::from_str(text).into_iter::<&RawValue>() {
        let mut all = Document::default();
        add(document?.get(), DEEPEST, &mut all);
        documents.push(all);
    }
    Ok(documents)
}

/// What a list tells of itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    #[serde(default)]
    api_version: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

/// Adds what an object is, or what a list holds, of which `deepest` may lie in each other.
fn add(text: &str, deepest: usize, all: &mut Document) {
    let Ok(list) = serde_json::from_str::<List<'_>>(text) else {
        return all.absorb(Document::of_object(text));
    };
    let Some(deepest) = deepest.checked_sub(1) else {
        let why = "too many lists lie in each other".to_owned();
        return all.unreadable.push(Unreadable { kind: None, why });
    };
    let of = list.api_version.map_or_else(ItemType::default, |version| {
        ItemType::of_list(version, list.kind.unwrap_or_default())
    });
    for item in list.items {
        match of.is_told() && !is_list(item.get()) {
            true => all.absorb(of.read_one(item.get())),
            false => add(item.get(), deepest, all),
        }
    }
}

/// Whether an item of a typed list says that it is a list itself.
fn is_list(text: &str) -> bool {
    let read = serde_json::from_str::<List<'_>>(text);
    read.is_ok_and(|list| list.kind.is_some_and(|kind| kind.ends_with("List")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::AnyFact;

    #[test]
    fn a_malformed_object_costs_only_itself() {
        let text = r#"{"apiVersion":"v1","items":[
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"good"}},
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":7}}],"kind":"List"}"#;
        let all = documents(text).unwrap();
        assert_eq!((all[0].objects.len(), all[0].unreadable.len()), (1, 1));
    }

    #[test]
    fn lists_in_lists_and_late_types_are_read() {
        let text = r#"{"kind":"List","apiVersion":"v1","items":[
            {"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]},
            {"metadata":{"name":"b"},"spec":{"nodeName":"n"},"kind":"Pod","apiVersion":"v1"}]}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}
            {"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"d"}},{"kind":"List","apiVersion":"v1",
            "items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"e"}}]},{"metadata":{"generateName":"f"}}]}"#;
        let all = documents(text).unwrap();
        let names: Vec<_> = all
            .iter()
            .flat_map(|d| &d.objects)
            .map(|fact| fact.meta().name.as_str())
            .collect();
        assert_eq!(names, ["a", "b", "c", "d", "e", ""]);
    }

    #[test]
    fn lists_that_lie_too_deep_in_each_other_are_not_read() {
        let bad = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":7}}"#;
        for head in [r#"{"kind":"List","items":["#, r#"{"items":["#] {
            let deep = format!("{}{}", head.repeat(20_000), "]}".repeat(20_000));
            let text = format!(r#"{{"kind":"List","items":[{bad},{deep}]}}"#);
            let all = documents(&text).unwrap();
            let kinds: Vec<_> = all[0].unreadable.iter().map(|one| one.kind).collect();
            assert_eq!(kinds, [Some(crate::facts::Kind::Pod), None]);
        }
    }

    #[test]
    fn a_list_may_tell_its_version_after_its_items() {
        let text = r#"{"kind":"PodList","items":[{"metadata":{"name":"a"}}],"apiVersion":"v1"}"#;
        let all = documents(text).unwrap();
        assert!(all[0].unreadable.is_empty(), "{:?}", all[0].unreadable);
        assert!(matches!(all[0].objects[..], [AnyFact::Pod(_)]));
    }

    #[test]
    fn broken_syntax_is_an_error() {
        assert!(documents("{\"apiVersion\":").is_err());
    }
}
