//! The cluster as a source: what is read of it, and what is said where it cannot be.

use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::objects::objects;
use tests::program::{Outcome, run};

const CHECK: &str = "flux/source-not-ready";

/// `validate` as JSON, of the contexts of a kubeconfig.
fn validate(config: &Kubeconfig, more: &[&str]) -> (Outcome, Value) {
    let path = config.path().display().to_string();
    let mut arguments = vec!["validate", "--kubeconfig", &path, "-o", "json"];
    arguments.extend(more);
    let outcome = run("kubectl-platform", &arguments);
    let report = serde_json::from_str(&outcome.stdout).unwrap_or_default();
    (outcome, report)
}

fn repository(namespace: &str, ready: &str) -> Vec<Value> {
    objects(&format!(
        "
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {{name: infra, namespace: {namespace}}}
spec: {{url: https://git.almckay.io/infra}}
status: {{conditions: [{{type: Ready, status: '{ready}', reason: GitOperationFailed, message: no such host}}]}}
"
    ))
}

fn found_in<'a>(report: &'a Value, namespace: &str) -> Vec<&'a Value> {
    let results = report["results"].as_array().unwrap();
    let is_ours = |entry: &&Value| entry["object"]["namespace"] == namespace;
    results.iter().filter(is_ours).collect()
}

#[test]
fn what_is_broken_in_the_cluster_is_found() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("broken");
    plane.apply(&repository(&namespace, "False"));
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let (outcome, report) = validate(&config, &["--check", CHECK]);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    let found = found_in(&report, &namespace);
    assert_eq!(found[0]["object"]["name"], "infra", "{outcome:?}");
    assert_eq!(
        found[0]["object"]["apiVersion"],
        "source.toolkit.fluxcd.io/v1"
    );
    assert_eq!(found[0]["cluster"], Value::Null, "there is just one");
}

#[test]
fn what_may_not_be_read_never_passes() {
    let plane = ControlPlane::shared();
    plane.apply(&repository(&plane.namespace("forbidden"), "True"));
    let user = plane.new_user();
    let config = Kubeconfig::new().context("infra", plane, &user);
    let (outcome, report) = validate(&config, &["--check", CHECK]);
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert_eq!(report["result"], "incomplete");
    assert_eq!(report["passed"], json!([]));
    assert_eq!(report["skipped"][0]["reason"], "forbidden");
    let message = report["skipped"][0]["message"].as_str().unwrap();
    assert!(message.contains(&user.name), "{message}");
}

#[test]
fn a_cluster_without_the_api_and_one_with_an_unknown_version_are_told_apart() {
    let plane = ControlPlane::fresh();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let (outcome, report) = validate(&config, &["--check", CHECK]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    assert_eq!(report["skipped"][0]["reason"], "not-installed");

    let yaml = "
apiVersion: source.toolkit.fluxcd.io/v7
kind: GitRepository
metadata: {name: infra, namespace: flux-system}
";
    plane.apply(&objects(yaml));
    let (outcome, report) = validate(&config, &["--check", CHECK]);
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert_eq!(report["skipped"][0]["reason"], "unreadable");
    let message = report["skipped"][0]["message"].as_str().unwrap();
    assert!(message.contains("v7"), "{message}");
}

#[test]
fn of_several_contexts_each_result_names_its_own_and_a_dead_one_is_not_passed_over() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("several");
    plane.apply(&repository(&namespace, "False"));
    let config = Kubeconfig::new()
        .context("infra", plane, &plane.admin())
        .context("edge", plane, &plane.admin())
        .context_of(
            "dead",
            "https://127.0.0.1:1",
            plane.authority(),
            &plane.admin(),
        );
    let (outcome, report) = validate(&config, &["--check", CHECK, "--context", "infra,edge"]);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    let found = found_in(&report, &namespace);
    let clusters: Vec<_> = found.iter().map(|entry| &entry["cluster"]).collect();
    assert_eq!(clusters, ["infra", "edge"]);

    let quiet = ["--check", "flux/kustomization-not-ready"];
    let (outcome, report) = validate(
        &config,
        &[&quiet[..], &["--context", "infra,dead"]].concat(),
    );
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    let skipped = report["skipped"].as_array().unwrap();
    let dead = skipped
        .iter()
        .find(|skipped| skipped["cluster"] == "dead")
        .unwrap();
    assert_eq!(dead["reason"], "unreachable");

    let (outcome, _) = validate(&config, &[&quiet[..], &["--context", "dead,dead"]].concat());
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert!(
        outcome.stderr.starts_with(
            "error: cannot reach the cluster: https://127.0.0.1:1: connection refused\n"
        ),
        "{outcome:?}"
    );
}

#[test]
fn a_token_that_is_not_accepted_ends_with_a_hint() {
    let plane = ControlPlane::shared();
    let nobody = User {
        name: "nobody".to_owned(),
        token: "expired-token".to_owned(),
    };
    let config = Kubeconfig::new().context("infra", plane, &nobody);
    let (outcome, _) = validate(&config, &[]);
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    let expected = format!(
        "error: the cluster does not accept the credentials: {}: 401: Unauthorized\nhint: log in again",
        plane.server()
    );
    assert!(outcome.stderr.starts_with(&expected), "{outcome:?}");
    assert!(!outcome.stderr.contains("expired-token"), "{outcome:?}");
}

#[test]
fn acting_as_another_user_means_that_users_rights() {
    let plane = ControlPlane::shared();
    plane.apply(&repository(&plane.namespace("acting"), "True"));
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let (outcome, report) = validate(
        &config,
        &["--check", CHECK, "--as", "somebody-without-rights"],
    );
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert_eq!(report["skipped"][0]["reason"], "forbidden");
}
