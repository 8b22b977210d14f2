//! What a user may not read is said, and never taken for well.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::objects::objects;
use tests::parts::part;
use tests::program::{outcome, run};

use crate::platform;
use crate::verdict::Verdict;

fn validate(plane: &ControlPlane, user: &User) -> Verdict {
    let config = Kubeconfig::new().context("infra", plane, user);
    Verdict::of(&[
        "--no-probes",
        "--kubeconfig",
        config.path().to_str().unwrap(),
    ])
}

/// The rules of the ClusterRoles that `checks --rbac` prints, a rule for each resource.
fn printed_rules() -> Vec<Value> {
    let printed = run("kubectl-platform", &["checks", "--rbac"]);
    assert_eq!(printed.status, Some(0), "{}", printed.stderr);
    let roles = objects(&printed.stdout);
    let roles = roles
        .iter()
        .filter(|object| object["kind"] == "ClusterRole");
    let mut single = Vec::new();
    for rule in roles.flat_map(|role| role["rules"].as_array().unwrap()) {
        for group in rule["apiGroups"].as_array().unwrap() {
            for resource in rule["resources"].as_array().unwrap() {
                let mut rule = rule.clone();
                rule["apiGroups"] = json!([group]);
                rule["resources"] = json!([resource]);
                single.push(rule);
            }
        }
    }
    single
}

/// The kinds of a control plane, by API group and resource.
fn served(plane: &ControlPlane) -> BTreeMap<(String, String), String> {
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let mut kubectl = Command::new(part("kubectl"));
    kubectl
        .arg("--kubeconfig")
        .arg(config.path())
        .args(["api-resources", "--no-headers"]);
    let listed = outcome(&mut kubectl).stdout;
    let kinds = listed.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        // The short names, in the second place, may be missing.
        let [resource, .., version, _, kind] = words[..] else {
            panic!("{line}")
        };
        let group = version.split_once('/').map_or("", |(group, _)| group);
        ((group.to_owned(), resource.to_owned()), kind.to_owned())
    });
    kinds.collect()
}

/// The kinds that some check cannot do without.
fn needed_kinds() -> BTreeSet<String> {
    let checks = run("kubectl-platform", &["checks", "-o", "json"]);
    let checks: Value = serde_json::from_str(&checks.stdout).unwrap();
    let needs = checks["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|check| check["needs"].as_array().unwrap());
    let needed = needs.filter(|need| need["role"] != "hint");
    needed
        .filter_map(|need| need["kind"].as_str().map(str::to_owned))
        .collect()
}

/// The rules that do not let anybody read the resource.
fn without(rules: &[Value], group: &str, resource: &str) -> Vec<Value> {
    let allows = |rule: &&Value| {
        let of = &rule["resources"][0];
        rule["apiGroups"][0] == group && (of == resource || of == "*")
    };
    rules.iter().filter(|rule| !allows(rule)).cloned().collect()
}

#[test]
fn a_user_without_rights_sees_nothing_pass() {
    let plane = platform::healthy();
    let verdict = validate(plane, &plane.new_user());
    assert_eq!((verdict.status, verdict.result()), (Some(3), "incomplete"));
    assert!(verdict.passed().is_empty(), "{:?}", verdict.passed());
    assert!(verdict.found().is_empty(), "{:?}", verdict.found());
    assert!(!verdict.skipped("forbidden").is_empty());
}

#[test]
fn the_printed_roles_are_enough() {
    let plane = platform::healthy();
    let user = plane.new_user();
    plane.grant(&user, &json!(printed_rules()));
    let verdict = validate(plane, &user);
    assert_eq!(verdict.report, validate(plane, &plane.admin()).report);
    assert_eq!((verdict.status, verdict.result()), (Some(0), "passed"));
    let mut requests = plane.requests_of(&user);
    requests.retain(|request| request.status == 403);
    assert!(requests.is_empty(), "{requests:#?}");
}

#[test]
fn without_any_one_right_a_check_is_skipped_and_none_passes_wrongly() {
    let plane = platform::healthy();
    let all = validate(plane, &plane.admin());
    let (rules, served, needed) = (printed_rules(), served(plane), needed_kinds());
    let mut wrong = Vec::new();
    for rule in &rules {
        let [group, resource] =
            ["apiGroups", "resources"].map(|field| rule[field][0].as_str().unwrap());
        // What is not installed is not missed.
        let Some(kind) = served.get(&(group.to_owned(), resource.to_owned())) else {
            continue;
        };
        let user = plane.new_user();
        plane.grant(&user, &json!(without(&rules, group, resource)));
        let verdict = validate(plane, &user);
        let (skipped, passed) = (verdict.skipped("forbidden"), verdict.passed());
        let is_honest = if needed.contains(kind) {
            verdict.status == Some(3) && !skipped.is_empty() && passed.is_disjoint(&skipped)
        } else {
            // It only makes a message say more.
            verdict.status == all.status && passed == all.passed()
        };
        if !is_honest
            || !passed.is_subset(&all.passed())
            || !verdict.found().is_subset(&all.found())
        {
            wrong.push(format!("without {kind}: {:#}", verdict.report));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
