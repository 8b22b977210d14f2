//! Servers that do not say what they serve, or not all of it.

use serde_json::json;
use tests::mock::{Answer, Mock, discovery};
use tests::program::{command, outcome};

use crate::servers::{GROUP, judged, kustomization, list, mock, refused, skipped};

#[test]
fn a_group_whose_server_is_dead_is_not_taken_for_absent() {
    let mock = Mock::start(|asked, _| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Stale")),
        _ => list(&[], ""),
    });
    let (reason, message) = skipped(&mock);
    assert_eq!(reason, "unreadable");
    assert!(message.contains("does not answer"), "{message}");
}

#[test]
fn half_of_discovery_is_not_all() {
    for (named, expected) in [
        (Answer::error(503, "no"), "unreachable"),
        (
            Answer::json(&json!({"kind": "APIGroupList", "groups": []})),
            "unreadable",
        ),
    ] {
        let mock = Mock::start(move |asked, _| match asked.path.as_str() {
            "/api" => Answer::json(&discovery("/api", GROUP, "Current")),
            "/apis" => named.clone(),
            _ => list(&[], ""),
        });
        let (reason, message) = skipped(&mock);
        assert_eq!(reason, expected);
        assert!(message.contains("discovery"), "{message}");
    }
}

#[test]
fn a_server_that_does_not_aggregate_discovery_is_asked_group_by_group() {
    let mock = Mock::start(|asked, _| match asked.path.as_str() {
        "/api" => Answer::json(&json!({"kind": "APIVersions", "versions": ["v1"]})),
        "/apis" => Answer::json(&json!({"kind": "APIGroupList", "groups": [
            {"name": GROUP[0], "versions": [{"groupVersion": "x/v1", "version": "v1"}]},
            {"name": "metrics.k8s.io", "versions": [{"groupVersion": "metrics.k8s.io/v1beta1", "version": "v1beta1"}]},
        ]})),
        "/apis/metrics.k8s.io/v1beta1" => Answer::error(503, "dead"),
        "/api/v1" => Answer::json(&json!({"kind": "APIResourceList", "resources": []})),
        "/apis/kustomize.toolkit.fluxcd.io/v1" => {
            Answer::json(&json!({"kind": "APIResourceList", "resources": [
                {"name": "kustomizations", "kind": "Kustomization", "verbs": ["list", "watch"]},
                {"name": "kustomizations/status", "kind": "Kustomization", "verbs": ["get"]},
            ]}))
        }
        _ => list(&[kustomization("a", "b"), kustomization("b", "a")], ""),
    });
    let (outcome, _) = judged(&mock);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
}

#[test]
fn no_discovery_ends_it() {
    for (answer, said) in [
        (
            Answer::Silence,
            "error: cannot reach the cluster: SERVER: no answer within 1s",
        ),
        (
            Answer::error(401, "Unauthorized"),
            "error: the cluster does not accept the credentials: SERVER: 401: Unauthorized",
        ),
        (
            Answer::error(403, "no"),
            "error: the cluster does not say what it serves: SERVER: no",
        ),
        (
            Answer::error(500, "boom"),
            "error: the cluster's API server fails: SERVER: 500: boom",
        ),
        (
            Answer::Plain(404, vec![], "not found".to_owned()),
            "error: the cluster gives no usable answer: SERVER: 404 Not Found",
        ),
        (
            Answer::Plain(200, vec![], "<html>".to_owned()),
            "error: the cluster gives no usable answer: SERVER: /api: expected value at line 1 column 1",
        ),
        (
            Answer::json(&json!({"kind": "Status", "status": "Failure", "code": 500})),
            "error: the cluster gives no usable answer: SERVER: /api: it names no API",
        ),
        (
            Answer::json(&json!({"kind": "APIGroupDiscoveryList"})),
            "error: the cluster gives no usable answer: SERVER: /api: it names no API",
        ),
        (
            Answer::Plain(429, vec!["Retry-After: 60"], String::new()),
            "error: the cluster is too busy to answer: SERVER: 429 Too Many Requests",
        ),
    ] {
        let mock = Mock::start(move |_, _| answer.clone());
        assert_eq!(refused(&mock), said);
    }
    for answer in [
        Answer::Nothing,
        Answer::Noise("SSH-2.0-OpenSSH_9.2\r\n"),
        Answer::Half("{\"kind\":".to_owned()),
    ] {
        let mock = Mock::start(move |_, _| answer.clone());
        let first = refused(&mock);
        assert!(
            first.starts_with("error: ") && first.contains("SERVER: "),
            "{first}"
        );
    }
}

#[test]
fn a_session_that_ends_while_lists_are_read_ends_it() {
    assert_eq!(
        refused(&mock(|_, _| Answer::error(401, "Unauthorized"))),
        "error: the cluster does not accept the credentials: SERVER: 401: Unauthorized"
    );
}

#[test]
fn operators_own_kinds_that_are_not_told_of_are_not_taken_for_absent() {
    let foos = ["almckay.io", "v1", "Foo", "foos"];
    for named in [
        Answer::json(&discovery("/apis", foos, "Stale")),
        Answer::error(503, "starting"),
    ] {
        let mock = Mock::start(move |asked, _| match asked.path.as_str() {
            "/api" => Answer::json(&discovery("/api", foos, "Current")),
            "/apis" => named.clone(),
            _ => list(&[], ""),
        });
        let check = ["validate", "--check", "operators/resource-failed", "-s"];
        let said = outcome(command("kubectl-platform").args(check).arg(&mock.server));
        assert_eq!(said.status, Some(3), "{said:?}");
    }
}
