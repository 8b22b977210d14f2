//! Servers that misbehave as told, and what `validate` makes of them.

use std::process::Command;

use serde_json::{Value, json};
use tests::mock::{Answer, Asked, Mock, discovery};
use tests::program::{Outcome, command, outcome};

/// The group that the mocks serve.
pub(crate) const GROUP: [&str; 4] = [
    "kustomize.toolkit.fluxcd.io",
    "v1",
    "Kustomization",
    "kustomizations",
];
pub(crate) const LIST: &str = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
/// A check of that kind which needs just what a mock serves.
pub(crate) const CHECK: &str = "flux/dependency-loop";

/// A server whose discovery is sound; `answer` says what a list gives.
pub(crate) fn mock(answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Mock {
    Mock::start(move |asked, before| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => answer(asked, before),
    })
}

pub(crate) fn list(items: &[Value], next: &str) -> Answer {
    Answer::json(&json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "items": items,
        "kind": "KustomizationList", "metadata": {"continue": next},
    }))
}

pub(crate) fn kustomization(name: &str, depends_on: &str) -> Value {
    json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {"dependsOn": [{"name": depends_on}]},
    })
}

pub(crate) fn validate(server: &str) -> Command {
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

pub(crate) fn judged(mock: &Mock) -> (Outcome, Value) {
    let outcome = outcome(&mut validate(&mock.server));
    let report = serde_json::from_str(&outcome.stdout).unwrap_or_default();
    (outcome, report)
}

/// Why the check was skipped, of a run that must not have passed.
pub(crate) fn skipped(mock: &Mock) -> (String, String) {
    let (outcome, report) = judged(mock);
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert_eq!(report["passed"], json!([]), "{outcome:?}");
    let skipped = &report["skipped"][0];
    let text = |key: &str| skipped[key].as_str().unwrap().to_owned();
    (text("reason"), text("message"))
}

/// The first line of a run that could not do anything; it must come with a hint.
pub(crate) fn refused(mock: &Mock) -> String {
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
