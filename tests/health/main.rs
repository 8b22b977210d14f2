//! Health rules, on cases of our own and on upstream's where they are at hand.

mod own;
mod together;
mod upstream;

use std::fs;

use serde_json::Value;
use shared::facts::Facts;
use shared::health::{Health, judge_all};
use shared::source::read_path;

/// The time at which the cases are judged.
const NOW: &str = "2026-03-01T12:00:00Z";

/// Reads one object as `status --from FILE` would, and judges it.
fn judge(object: &Value) -> Result<Health, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("object.json");
    fs::write(&file, object.to_string()).unwrap();
    let facts: Facts = read_path(&file, NOW.parse::<jiff::Timestamp>().unwrap())
        .map_err(|error| format!("{error:?}"))?;
    let mut seen = judge_all(&facts);
    match (seen.pop(), seen.len()) {
        (Some(one), 0) => Ok(one.health),
        (_, others) => Err(format!("{others} objects too many")),
    }
}
