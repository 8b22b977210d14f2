//! Each check on a tree that breaks it, and on one that does not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::broken::CASES;
use super::tree::{found, report, sound};

/// The checks that need no cluster.
fn of_files() -> BTreeSet<String> {
    let all = flux_sops_age::checks::all().map(|check| check.id.to_owned());
    all.filter(|id| !id.starts_with("cluster/")).collect()
}

#[test]
fn a_sound_tree_passes() {
    let desk = sound();
    let report = report(&desk, &[]);
    assert_eq!(report["results"].as_array().unwrap().len(), 0, "{report:#}");
    assert_eq!(
        (&report["result"], desk.ours(&["check", "--offline"]).status),
        (&Value::from("passed"), 0)
    );
    let passed = report["passed"].as_array().unwrap().len();
    assert_eq!(passed, of_files().len(), "{report:#}");
}

#[test]
fn each_check_finds_what_it_is_for_and_nothing_else() {
    let mut proven = BTreeSet::new();
    for (what, break_it, expected) in CASES {
        let desk = sound();
        break_it(&desk);
        let found: BTreeSet<String> = found(&desk, &[])
            .into_iter()
            .map(|line| match line.split_once("AgeKey/") {
                Some((before, _)) => format!("{before}AgeKey/KEY -"),
                None => line,
            })
            .collect();
        let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(found, expected, "{what}");
        let fails = expected.iter().any(|line| line.starts_with("error"));
        for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
            let outcome = desk.ours(&["check", "--offline", "-o", format]);
            assert_eq!(outcome.status, i32::from(fails), "{what}: {format}");
            assert_eq!(
                desk.ours(&["check", "--offline", "--strict", "-o", format])
                    .status,
                1,
                "{what}: {format}"
            );
        }
        proven.extend(
            expected
                .iter()
                .map(|line| line.split(' ').nth(1).unwrap().to_owned()),
        );
    }
    assert_eq!(proven, of_files());
}
