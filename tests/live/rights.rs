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

/// The checks that cannot do without a kind, by its group and its name.
fn needing() -> BTreeMap<(String, String), BTreeSet<String>> {
    let checks = run("kubectl-platform", &["checks", "-o", "json"]);
    let checks: Value = serde_json::from_str(&checks.stdout).unwrap();
    let mut needing: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for check in checks["items"].as_array().unwrap() {
        let needs = check["needs"].as_array().unwrap().iter();
        for need in needs.filter(|need| need["role"] != "hint") {
            let kind = need["kind"].as_str().unwrap_or_default().to_owned();
            let api = need["apiVersions"][0].as_str().unwrap_or_default();
            let group = api
                .split_once('/')
                .map_or("", |(group, _)| group)
                .to_owned();
            let id = check["id"].as_str().unwrap().to_owned();
            needing.entry((group, kind)).or_default().insert(id);
        }
    }
    needing
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
    let wrong = wrong_without_one_right(platform::healthy(), |all, verdict, is_needed| {
        let skipped = verdict.skipped("forbidden");
        let is_said = if is_needed {
            verdict.status == Some(3) && !skipped.is_empty()
        } else {
            // It only makes a message say more.
            verdict.status == all.status && verdict.passed() == all.passed()
        };
        is_said && verdict.found().is_subset(&all.found())
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_any_one_right_nothing_broken_passes() {
    let wrong = wrong_without_one_right(platform::broken(), |_, verdict, _| {
        matches!(verdict.status, Some(1 | 3))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The verdicts on a platform, each read without one of the rights, in which a check passes that does not with all of
/// them or cannot do without the kind, or which are not right beyond, given the verdict with all rights and whether a
/// check needs the kind.
fn wrong_without_one_right(
    plane: &ControlPlane,
    is_right: impl Fn(&Verdict, &Verdict, bool) -> bool,
) -> Vec<String> {
    let all = validate(plane, &plane.admin());
    let (rules, served, needing) = (printed_rules(), served(plane), needing());
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
        let (passed, known) = (verdict.passed(), all.passed());
        let needing = needing.get(&(group.to_owned(), kind.clone()));
        let blind = passed
            .iter()
            .filter(|check| needing.is_some_and(|checks| checks.contains(**check)));
        let wrongly: BTreeSet<_> = passed.difference(&known).chain(blind).collect();
        if !wrongly.is_empty() || !is_right(&all, &verdict, needing.is_some()) {
            wrong.push(format!(
                "without {kind}: wrongly passed: {wrongly:?}: {:#}",
                verdict.report
            ));
        }
    }
    wrong
}
