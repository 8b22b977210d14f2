//! What a user may not read is said, and never taken for well.

use http::Method;
use kubectl_platform::checks;
use serde_json::{Value, json};
use shared::facts::Role;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::objects::objects;
use tests::program::run;

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

#[test]
fn a_user_without_rights_sees_nothing_pass() {
    let plane = platform::healthy();
    let verdict = validate(plane, &plane.new_user());
    assert_eq!((verdict.status, verdict.result()), (Some(3), "incomplete"));
    assert!(verdict.passed().is_empty(), "{:?}", verdict.passed());
    assert!(verdict.found().is_empty(), "{:?}", verdict.found());
    assert!(!verdict.skipped("forbidden").is_empty());
}

/// The rules of all ClusterRoles that `checks --rbac` prints.
fn printed_rules() -> Vec<Value> {
    let printed = run("kubectl-platform", &["checks", "--rbac"]);
    assert_eq!(printed.status, Some(0), "{printed:?}");
    let roles = objects(&printed.stdout);
    assert_eq!(roles.len(), 2, "one without Secrets, one with: {roles:?}");
    let rules = roles
        .iter()
        .flat_map(|role| role["rules"].as_array().unwrap());
    rules.cloned().collect()
}

fn with_rules(plane: &ControlPlane, rules: &[Value]) -> Verdict {
    let user = plane.new_user();
    plane.grant(&user, &Value::from(rules));
    validate(plane, &user)
}

#[test]
fn the_printed_roles_are_enough() {
    let plane = platform::healthy();
    let administrator = validate(plane, &plane.admin());
    let reader = with_rules(plane, &printed_rules());
    assert_eq!(reader.report, administrator.report);
}

/// Whether a rule is about kinds that are not served here, or that only better messages.
fn is_dispensable(plane: &ControlPlane, rule: &Value) -> bool {
    let group = rule["apiGroups"][0].as_str().unwrap();
    let is_served = group.is_empty()
        || plane
            .request(&Method::GET, &format!("/apis/{group}"), None)
            .is_ok();
    let needs = checks::all().flat_map(|check| check.needs);
    let is_needed = needs
        .filter(|need| need.role != Role::Hint)
        .flat_map(|need| need.kind.apis().iter().map(|api| (api, need.kind.plural())))
        .any(|(api, plural)| {
            let is_of_group = api.split_once('/').map_or("", |(group, _)| group) == group;
            is_of_group
                && rule["resources"]
                    .as_array()
                    .unwrap()
                    .contains(&json!(plural))
        });
    !is_served || !is_needed
}

#[test]
fn without_any_one_of_their_rules_something_is_skipped_and_nothing_passes_wrongly() {
    let plane = platform::healthy();
    let rules = printed_rules();
    let whole = validate(plane, &plane.admin());
    for left_out in 0..rules.len() {
        let mut rest = rules.clone();
        let rule = rest.remove(left_out);
        let verdict = with_rules(plane, &rest);
        assert!(
            verdict.passed().is_subset(&whole.passed()),
            "without {rule}: {:?}",
            verdict.passed()
        );
        assert!(
            verdict.found().is_subset(&whole.found()),
            "without {rule}: {:?}",
            verdict.found()
        );
        if !is_dispensable(plane, &rule) {
            assert!(
                !verdict.skipped("forbidden").is_empty(),
                "without {rule}: {:?}",
                verdict.report
            );
            assert_eq!(verdict.status, Some(3), "without {rule}");
        }
    }
}
