//! Cases of our own: small objects, each with its verdict, a file a group.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use shared::facts::Kind;
use shared::object::group_of;

use super::{NOW, judge};

/// One object, and what is to be said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it is about.
    name: String,
    /// The verdict.
    status: String,
    /// The reason, where it matters which.
    reason: Option<String>,
    /// A part of the message, where it matters.
    says: Option<String>,
    /// Whether it has been on its way for too long, where that is not left open.
    overdue: Option<bool>,
    /// The object.
    object: Value,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("health/cases");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            let cases: Vec<Case> = serde_saphyr::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            cases
        })
        .collect()
}

/// What is wrong with the verdict on a case.
fn fault(case: &Case) -> Option<String> {
    let health = match judge(&case.object) {
        Ok(health) => health,
        Err(error) => return Some(error),
    };
    let overdue = health.is_overdue(NOW.parse().unwrap());
    let is_right = format!("{:?}", health.status) == case.status
        && case
            .reason
            .as_ref()
            .is_none_or(|reason| *reason == health.reason)
        && case
            .says
            .as_ref()
            .is_none_or(|says| health.message.contains(says))
        && case.overdue.is_none_or(|wanted| wanted == overdue);
    (!is_right).then(|| format!("{health:?}, overdue: {overdue}"))
}

#[test]
fn verdicts_are_ours() {
    let faults: Vec<_> = cases()
        .iter()
        .filter_map(|case| Some(format!("{}: {}", case.name, fault(case)?)))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_kind_of_the_table_has_a_case() {
    let text = |object: &Value, key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let tried: BTreeSet<(String, String)> = cases()
        .iter()
        .map(|case| {
            let group = group_of(&text(&case.object, "apiVersion")).to_owned();
            (group, text(&case.object, "kind"))
        })
        .collect();
    let untried: Vec<_> = Kind::ALL
        .iter()
        .filter_map(|kind| Some((group_of(kind.apis().first()?), kind.name())))
        .filter(|(group, kind)| !tried.contains(&((*group).to_owned(), (*kind).to_owned())))
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}
