//! SARIF 2.1.0 for code scanning.
//!
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>, and for what code scanning takes of it
//! <https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning>.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::checkout::Checkout;
use super::clean::clean;
use super::json::json as write_json;
use super::name::sentence;
use super::remedy;
use crate::finding::Level;
use crate::report::{Described, Entry, Report};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Where paths start: the top of the repository.
const TOP: &str = "%SRCROOT%";

/// Writes the report as SARIF. What could not be looked at are notifications of the run.
///
/// # Errors
/// When writing fails.
pub fn sarif(report: &Report, checkout: &Checkout, out: &mut impl Write) -> io::Result<()> {
    let checks = report.checks();
    let known = (report.catalog.checks)();
    let results: Vec<Value> = report
        .results
        .iter()
        .map(|entry| result(entry, &checks, checkout))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": report.catalog.command,
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": checks.iter().map(|id| rule(report, &known, id)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {TOP: {"description": {"text": "the top of the repository"}}},
            "invocations": [{
                "executionSuccessful": !report.skipped.iter().any(|skipped| report.rules.leaves_open(skipped.reason)),
                "exitCode": report.result.exit().code(),
                "toolExecutionNotifications": notifications(report, &checks),
            }],
            "results": results,
        }],
    });
    write_json(&log, out)
}

fn rule(report: &Report, known: &[Described], id: &str) -> Value {
    let manual = known.iter().find(|check| check.id == id);
    let manual = manual.map(Described::manual);
    let (title, body) = manual.map_or_else(
        || (id.to_owned(), String::new()),
        |manual| (manual.title, manual.body),
    );
    let body = if body.is_empty() { &title } else { &body };
    json!({
        "id": id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": body, "markdown": body},
        "helpUri": report.catalog.docs(id),
    })
}

fn result(entry: &Entry, checks: &[&str], checkout: &Checkout) -> Value {
    let mut text = sentence(entry);
    if let Some(because) = &entry.because {
        let _ = write!(text, "; because of {because}");
    }
    if let Some(remedy) = &entry.remedy {
        let _ = write!(text, "; {}: {remedy}", remedy::word(remedy));
    }
    let name = match &entry.cluster {
        Some(cluster) => format!("{cluster}: {}", entry.object),
        None => entry.object.to_string(),
    };
    let mut location = json!({
        "logicalLocations": [{"fullyQualifiedName": clean(&name), "kind": "object"}],
    });
    if let Some(uri) = uri(entry, checkout) {
        let mut place = json!({"artifactLocation": {"uri": uri, "uriBaseId": TOP}});
        if let Some(line) = entry.file.as_ref().and_then(|file| file.line) {
            place["region"] = json!({"startLine": line});
        }
        location["physicalLocation"] = place;
    }
    json!({
        "ruleId": entry.check,
        "ruleIndex": index(checks, entry.check),
        "level": match entry.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "note",
        },
        "message": {"text": clean(&text)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": fingerprint(entry, &name)},
    })
}

/// The same finding in another run, wherever its line has moved to.
fn fingerprint(entry: &Entry, name: &str) -> String {
    let path = entry.file.as_ref().map_or("", |file| &file.path);
    let mut hash = Sha256::new();
    for part in [entry.check, name, path, &entry.message] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn uri(entry: &Entry, checkout: &Checkout) -> Option<String> {
    let path = checkout.path(&entry.file.as_ref()?.path)?;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    Some(uri)
}

fn notifications(report: &Report, checks: &[&str]) -> Vec<Value> {
    let told = report.skipped.iter().map(|skipped| {
        let level = if report.rules.leaves_open(skipped.reason) {
            "warning"
        } else {
            "note"
        };
        json!({
            "level": level,
            "message": {"text": clean(&format!("not looked at: {}", skipped.sentence()))},
            "associatedRule": {"id": skipped.check, "index": index(checks, skipped.check)},
        })
    });
    told.collect()
}

/// The place of a rule in the list; all that a report speaks of are there.
fn index(checks: &[&str], id: &str) -> usize {
    checks.partition_point(|check| *check < id)
}
