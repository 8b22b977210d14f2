//! `validate` in the formats of code scanning and of workflows.

use kubectl_platform::checks::CATALOG;
use serde_json::Value;
use shared::check::Outcome;
use shared::facts::{Gap, Reason};
use shared::render::junit;
use shared::report::{Judged, Report, Rules};
use tests::program::run;
use tests::sarif;

const BROKEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/almckay-broken/cluster.yaml"
);

fn validate(format: &str) -> String {
    let at = "2026-11-21T09:00:00Z";
    let said = run(
        "kubectl-platform",
        &["validate", "--from", BROKEN, "--at", at, "-o", format],
    );
    assert_eq!(said.status, Some(1), "{}", said.stderr);
    said.stdout
}

#[test]
fn sarif_holds_what_its_schema_demands_and_all_that_was_found() {
    let log: Value = serde_json::from_str(&validate("sarif")).unwrap();
    let problems = sarif::problems(&log);
    assert!(problems.is_empty(), "{problems:#?}");
    let report: Value = serde_json::from_str(&validate("json")).unwrap();
    let run = &log["runs"][0];
    let ids = |list: &Value, field: &str| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| one[field].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        ids(&run["results"], "ruleId"),
        ids(&report["results"], "check")
    );
    let skipped = &run["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(
        skipped.as_array().unwrap().len(),
        report["skipped"].as_array().unwrap().len()
    );
    let place = &run["results"][0]["locations"][0];
    assert!(
        place["logicalLocations"][0]["fullyQualifiedName"].is_string(),
        "{place}"
    );
}

#[test]
fn a_workflow_gets_a_command_a_line_for_each_finding_and_none_for_what_does_not_apply() {
    let report: Value = serde_json::from_str(&validate("json")).unwrap();
    let found = report["results"].as_array().unwrap().len();
    assert!(!report["skipped"].as_array().unwrap().is_empty());
    let text = validate("github");
    let errors: Vec<_> = text.lines().collect();
    assert_eq!(errors.len(), found, "{text}");
    assert!(
        errors.iter().all(|line| line.starts_with("::error ")),
        "{text}"
    );
    assert!(
        errors[0].contains("title=secrets/age-key-missing::Secret flux-system/sops-age "),
        "{}",
        errors[0]
    );
}

#[test]
fn of_the_reasons_of_several_clusters_the_one_that_leaves_the_result_open_is_told() {
    let check = "flux/kustomization-not-ready";
    let skipped = |cluster: &str, reason, message: &str| Judged {
        cluster: Some(cluster.to_owned()),
        outcomes: vec![Outcome {
            check,
            findings: Vec::new(),
            gap: Some(Gap::new(reason, message)),
        }],
    };
    let judged = vec![
        skipped("home", Reason::NotInstalled, "there is no such API"),
        skipped("infra", Reason::Forbidden, "may not list"),
    ];
    let rules = Rules {
        strict: false,
        namespace: None,
    };
    let report = Report::new(CATALOG, judged, rules, |_, _| None);
    let mut text = Vec::new();
    junit(&report, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let told = r#"<error message="infra: may not list" type="forbidden"/>"#;
    assert!(text.contains(told), "{text}");
}
