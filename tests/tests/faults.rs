//! What an API server can do wrong, and what is said then: never that all is well.
#![cfg(unix)]

use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tests::mock::{Answer, Asked, Mock, discovery};
use tests::program::{Outcome, command, outcome};
use tests::wait::eventually;

/// The group that the mocks serve.
const GROUP: [&str; 4] = [
    "kustomize.toolkit.fluxcd.io",
    "v1",
    "Kustomization",
    "kustomizations",
];
const LIST: &str = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
/// A check of that kind which needs just what a mock serves.
const CHECK: &str = "flux/dependency-loop";

/// A server whose discovery is sound; `answer` says what a list gives.
fn mock(answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Mock {
    Mock::start(move |asked, before| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => answer(asked, before),
    })
}

fn list(items: &[Value], next: &str) -> Answer {
    Answer::json(&json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "items": items,
        "kind": "KustomizationList", "metadata": {"continue": next},
    }))
}

fn kustomization(name: &str, depends_on: &str) -> Value {
    json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {"dependsOn": [{"name": depends_on}]},
    })
}

fn validate(server: &str) -> Command {
    let mut command = command("kubectl-platform");
    command.args([
        "validate",
        "--check",
        CHECK,
        "--request-timeout",
        "1s",
        "-o",
        "json",
        "-s",
        server,
    ]);
    command
}

fn judged(mock: &Mock) -> (Outcome, Value) {
    let outcome = outcome(&mut validate(&mock.server));
    let report = serde_json::from_str(&outcome.stdout).unwrap_or_default();
    (outcome, report)
}

/// Why the check was skipped, of a run that must not have passed.
fn skipped(mock: &Mock) -> (String, String) {
    let (outcome, report) = judged(mock);
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert_eq!(report["passed"], json!([]), "{outcome:?}");
    let skipped = &report["skipped"][0];
    let text = |key: &str| skipped[key].as_str().unwrap().to_owned();
    (text("reason"), text("message"))
}

/// The first line of a run that could not do anything; it must come with a hint.
fn refused(mock: &Mock) -> String {
    let (outcome, _) = judged(mock);
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert_eq!(outcome.stdout, "");
    let mut lines = outcome.stderr.lines();
    let first = lines.next().unwrap().replace(&mock.server, "SERVER");
    assert!(
        lines.next().is_some_and(|line| line.starts_with("hint: ")),
        "{outcome:?}"
    );
    first
}

#[test]
fn a_sound_server_is_judged() {
    let mock = mock(|_, _| list(&[kustomization("a", "b"), kustomization("b", "a")], ""));
    let (outcome, report) = judged(&mock);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    assert_eq!(report["results"][0]["check"], CHECK);
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let mock = mock(|_, before| match before {
        0 => Answer::Plain(429, vec!["Retry-After: 0"], String::new()),
        1 => Answer::error(503, "starting"),
        2 => Answer::Nothing,
        _ => list(&[kustomization("a", "none")], ""),
    });
    let (outcome, report) = judged(&mock);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    assert_eq!(report["passed"], json!([CHECK]));
}

#[test]
fn a_server_that_asks_to_wait_for_longer_than_we_may_is_a_timeout() {
    let mock = mock(|_, _| Answer::Plain(429, vec!["Retry-After: 3600"], String::new()));
    let (reason, message) = skipped(&mock);
    assert_eq!(reason, "timeout");
    assert!(message.contains("429"), "{message}");
    let of_list = |asked: &&Asked| asked.path.starts_with(LIST);
    assert_eq!(
        mock.asked().iter().filter(of_list).count(),
        1,
        "asked again too early"
    );
}

#[test]
fn errors_of_the_server_are_passed_on() {
    let (reason, message) = skipped(&mock(|_, _| {
        Answer::error(500, "conversion webhook \u{1b}[31m failed")
    }));
    assert_eq!(reason, "unreadable");
    assert!(message.contains("500: conversion webhook"), "{message}");
    let (reason, _) = skipped(&mock(|_, _| Answer::error(503, "no endpoints")));
    assert_eq!(reason, "unreachable");
    let (reason, _) = skipped(&mock(|_, _| Answer::error(504, "too slow")));
    assert_eq!(reason, "timeout");
    let (reason, message) = skipped(&mock(|_, _| {
        Answer::error(403, "kustomizations is forbidden")
    }));
    assert_eq!(reason, "forbidden");
    assert!(
        message.ends_with("kustomizations is forbidden"),
        "{message}"
    );
    let (reason, _) = skipped(&mock(|_, _| Answer::error(404, "gone since discovery")));
    assert_eq!(reason, "unreadable");
}

#[test]
fn half_an_answer_is_none() {
    let body = || match list(&[kustomization("a", "none")], "") {
        Answer::Plain(_, _, body) => body,
        _ => unreachable!(),
    };
    for half in [Answer::Half(body()), Answer::HalfChunked(body())] {
        let (reason, message) = skipped(&mock(move |_, _| half.clone()));
        assert_eq!(reason, "unreadable");
        assert!(message.contains("ended early"), "{message}");
    }
}

#[test]
fn what_is_no_list_tells_nothing() {
    for body in [
        "<html>Sign in</html>",
        "{}",
        r#"{"kind":"Status","apiVersion":"v1","metadata":{}}"#,
        "",
    ] {
        let (reason, _) = skipped(&mock(move |_, _| {
            Answer::Plain(200, vec![], body.to_owned())
        }));
        assert_eq!(reason, "unreadable", "{body}");
    }
}

#[test]
fn an_object_of_another_shape_costs_only_itself() {
    let odd = json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": "odd", "namespace": "flux-system"}, "spec": {"dependsOn": 7},
    });
    let mock = mock(move |_, _| {
        list(
            &[
                kustomization("a", "b"),
                odd.clone(),
                kustomization("b", "a"),
            ],
            "",
        )
    });
    let (outcome, report) = judged(&mock);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    assert_eq!(report["skipped"][0]["reason"], "unreadable");
}

#[test]
fn a_list_that_does_not_come_is_a_timeout() {
    let (reason, message) = skipped(&mock(|_, _| Answer::Silence));
    assert_eq!(reason, "timeout");
    assert!(message.contains("no answer within 1s"), "{message}");
}

#[test]
fn all_pages_are_read_and_a_list_whose_pages_are_gone_is_begun_anew() {
    let mock = mock(
        |asked, before| match (asked.path.contains("continue=second"), before) {
            (false, _) => list(&[kustomization("a", "b")], "second"),
            (true, 0) => Answer::error(410, "the continue token is too old"),
            (true, _) => list(&[kustomization("b", "a")], ""),
        },
    );
    let (outcome, _) = judged(&mock);
    assert_eq!(outcome.status, Some(1), "{outcome:?}");
    let (reason, _) = skipped(&self::mock(|asked, _| {
        if asked.path.contains("continue=") {
            return Answer::error(410, "the continue token is too old");
        }
        list(&[kustomization("a", "none")], "second")
    }));
    assert_eq!(reason, "unreadable", "it cannot be read at all");
}

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
    let mock = Mock::start(|asked, _| match asked.path.as_str() {
        "/api" => Answer::json(&discovery("/api", GROUP, "Current")),
        "/apis" => Answer::error(503, "no"),
        _ => list(&[], ""),
    });
    let (reason, message) = skipped(&mock);
    assert_eq!(reason, "unreachable");
    assert!(message.contains("discovery"), "{message}");
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
            "error: the cluster gives no usable answer: SERVER: 500: boom",
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
            Answer::Plain(429, vec!["Retry-After: 60"], String::new()),
            "error: cannot reach the cluster: SERVER: 429 Too Many Requests",
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
fn ctrl_c_ends_it_at_once_as_a_shell_reports_it() {
    let mock = mock(|_, _| Answer::Silence);
    let mut child = command("kubectl-platform")
        .args([
            "validate",
            "--check",
            CHECK,
            "--request-timeout",
            "0",
            "-s",
            &mock.server,
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the list to be asked for", || {
        let asked = mock.asked();
        asked
            .iter()
            .find(|asked| asked.path.starts_with(LIST))
            .map(drop)
            .ok_or_else(|| format!("{asked:?}"))
    });
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
