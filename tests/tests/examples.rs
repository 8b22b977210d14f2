//! The platforms that the README runs on: the healthy one is silent, the broken one has one cause.

use std::path::Path;

use kubectl_platform::checks;
use shared::check;
use shared::finding::Level;
use shared::report::{Judged, Report, Rules, Verdict};
use shared::source;

fn report(example: &str) -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(example)
        .join("cluster.yaml");
    let at: jiff::Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
    let facts = source::read_path(&path, at).unwrap();
    let outcomes = checks::all()
        .map(|check| check::run(check, &facts))
        .collect();
    let cluster = None;
    Report::new(
        kubectl_platform::checks::CATALOG,
        vec![Judged { cluster, outcomes }],
        Rules::default(),
        |_, _| None,
    )
}

#[test]
fn nothing_is_said_of_the_healthy_platform() {
    let report = report("almckay");
    let said: Vec<_> = report
        .results
        .iter()
        .map(|entry| (&entry.object, &entry.message))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
    assert_eq!(report.result, Verdict::Passed);
}

#[test]
fn the_broken_platform_has_one_cause() {
    let report = report("almckay-broken");
    let errors = report
        .results
        .iter()
        .filter(|entry| entry.level == Level::Error);
    let (roots, others): (Vec<_>, Vec<_>) = errors.partition(|entry| entry.root);
    let [root] = roots.as_slice() else {
        panic!("{roots:#?}");
    };
    assert_eq!(root.check, "secrets/age-key-missing");
    assert_eq!(root.object.to_string(), "Secret/flux-system/sops-age");
    assert!(!others.is_empty());
    assert_eq!(report.result, Verdict::Failed);
}
