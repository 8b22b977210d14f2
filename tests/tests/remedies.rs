//! What a name holds stays a name when a remedy is pasted into a shell.
//!
//! Every bad fixture is read once more with names that would run a program if one of them were not
//! quoted, and the remedies of what is found are run, with programs that only note what they get.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use kubectl_platform::checks;
use serde_json::{Value, json};
use shared::{check, source};

/// Runs `owned` wherever it is not one quoted word.
const HOSTILE: &str = "';owned;\"$(owned)`owned`|owned&owned\n owned\n#";

/// The keys under which names, paths and the like stand.
const NAMES: &[&str] = &[
    "name",
    "namespace",
    "path",
    "secretName",
    "jobName",
    "claimName",
    "volumeName",
    "targetNamespace",
];

/// Every program that a remedy may call.
const TOOLS: &[&str] = &["kubectl", "flux", "argocd", "cmctl", "sed"];

#[test]
fn a_name_never_becomes_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let (owned, arguments) = (folder.path().join("ran"), folder.path().join("arguments"));
    program(folder.path(), "owned", ": > \"$RAN\"");
    for tool in TOOLS {
        program(
            folder.path(),
            tool,
            "printf '%s\\0' \"$@\" >> \"$ARGUMENTS\"",
        );
    }
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let mut told = BTreeSet::new();
    for check in checks::all() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("checks")
            .join(check.id);
        for fixture in fs::read_dir(fixtures).unwrap() {
            let fixture = fixture.unwrap().path();
            let path = folder.path().join("hostile.json");
            fs::write(&path, hostile(&fixture).to_string()).unwrap();
            let facts = source::read_path(&path, now).unwrap();
            for finding in check::run(check, &facts).findings {
                let Some(remedy) = finding.remedy else {
                    continue;
                };
                assert!(
                    TOOLS
                        .iter()
                        .any(|tool| remedy.starts_with(&format!("{tool} "))),
                    "{remedy}"
                );
                fs::write(&arguments, "").unwrap();
                let status = Command::new("/bin/sh")
                    .args(["-c", &remedy])
                    .current_dir(folder.path())
                    .env_clear()
                    .env("PATH", folder.path())
                    .env("RAN", &owned)
                    .env("ARGUMENTS", &arguments)
                    .status()
                    .unwrap();
                assert!(
                    status.success() && !owned.exists(),
                    "{}: {remedy}",
                    fixture.display()
                );
                if remedy.contains("owned") {
                    let got = fs::read_to_string(&arguments).unwrap();
                    assert!(
                        got.split('\0').any(|word| word.contains(HOSTILE)),
                        "{}: {remedy}",
                        fixture.display()
                    );
                    told.insert(check.id);
                }
            }
        }
    }
    assert!(
        told.len() > 40,
        "of few checks a remedy held a name: {told:?}"
    );
}

fn program(folder: &Path, name: &str, does: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{does}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A fixture, each name in it made hostile wherever it stands, so that all still fits together.
fn hostile(fixture: &Path) -> Value {
    let text = fs::read_to_string(fixture).unwrap();
    let documents = text
        .split("\n---\n")
        .map(|one| serde_saphyr::from_str(one).unwrap());
    let mut documents: Vec<Value> = documents.collect();
    let mut names = BTreeSet::new();
    documents.iter().for_each(|one| collect(one, &mut names));
    documents.iter_mut().for_each(|one| rename(one, &names));
    json!({"apiVersion": "v1", "kind": "List", "items": documents})
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if NAMES.contains(&key.as_str()) => {
                        names.insert(text.clone());
                    }
                    value => collect(value, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

fn rename(value: &mut Value, names: &BTreeSet<String>) {
    match value {
        Value::String(text) if names.contains(text) => text.push_str(HOSTILE),
        Value::Object(fields) => fields.values_mut().for_each(|value| rename(value, names)),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}
