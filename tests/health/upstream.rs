//! Test objects of Argo CD, kstatus and Flux with the verdicts to accept, where they are at hand.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::judge;

/// One object, and what may be said of it.
#[derive(Deserialize)]
struct Case {
    id: String,
    users_kind: bool,
    accept: Vec<String>,
    manifest: Value,
}

/// The share of all cases that is to be accepted.
const SHARE: f64 = 0.85;

#[test]
#[cfg_attr(not(cases_at_hand), ignore = "the cases of others are not at hand")]
fn verdicts_are_those_of_upstream() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/health-cases/cases.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<Case> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut accepted = 0;
    let mut wrong_for_users = Vec::new();
    for case in &cases {
        let verdict = match judge(&case.manifest) {
            Ok(health) => format!("{:?}", health.status),
            Err(error) => error,
        };
        if case.accept.contains(&verdict) {
            accepted += 1;
            continue;
        }
        let line = format!("{}: {verdict}, not {:?}", case.id, case.accept);
        println!("{line}");
        if case.users_kind && case.accept.len() == 1 {
            wrong_for_users.push(line);
        }
    }
    println!("{accepted} of {} accepted", cases.len());
    assert!(wrong_for_users.is_empty(), "{wrong_for_users:#?}");
    assert!(
        f64::from(accepted) >= SHARE * cases.len() as f64,
        "{accepted} of {}",
        cases.len()
    );
}
