//! The way to a cluster: kubeconfigs that are not there, not readable or wrong, and servers that are away.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use tests::program::{Outcome, outcome};

use crate::verbs::{VERBS, verb};

/// A kubeconfig with one context; `user` is its user in YAML.
pub(crate) fn kubeconfig(folder: &Path, server: &str, user: &str) -> String {
    let path = folder.join("config");
    let text = format!(
        "apiVersion: v1
kind: Config
current-context: infra
contexts: [{{name: infra, context: {{cluster: infra, user: infra}}}}]
clusters: [{{name: infra, cluster: {{server: '{server}'}}}}]
users: [{{name: infra, user: {user}}}]
"
    );
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Each verb ends with 2, and with these lines on standard error, before what each says.
pub(crate) fn refused(arguments: &[&str], expected: &[&str]) {
    for name in VERBS {
        let said: Outcome = outcome(verb(name).args(arguments));
        assert_eq!(said.status, Some(2), "{name}: {said:?}");
        assert_eq!(said.stdout, "", "{name}");
        let lines: Vec<_> = said.stderr.lines().collect();
        assert_eq!(lines, [expected, &[OTHERWISE]].concat(), "{name}");
    }
}

const KUBECONFIG: &str = "hint: pass --kubeconfig";
const OTHERWISE: &str = "hint: without a cluster: --from PATH or --repo DIR";

#[test]
fn no_kubeconfig() {
    refused(
        &[],
        &[
            "error: there is no kubeconfig: /nonexistent/.kube/config",
            KUBECONFIG,
        ],
    );
    refused(
        &["--kubeconfig", "/nonexistent/config"],
        &[
            "error: cannot read the kubeconfig: /nonexistent/config: no such file",
            KUBECONFIG,
        ],
    );
}

#[test]
fn a_kubeconfig_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let shown = path.display().to_string();
    for (content, why) in [
        (
            &b"users:\n- name: a\n  user: {token: hunter2\n"[..],
            "it is malformed in line 3",
        ),
        (b"\x00\x01\xff\xfe", "it is not text"),
    ] {
        fs::write(&path, content).unwrap();
        let first = format!("error: cannot read the kubeconfig: {shown}: {why}");
        refused(&["--kubeconfig", &shown], &[&first, KUBECONFIG]);
    }
    fs::write(&path, "").unwrap();
    let hint = "hint: the kubeconfig has no contexts at all: pass another with --kubeconfig";
    refused(
        &["--kubeconfig", &shown],
        &["error: the kubeconfig has no current context", hint],
    );
}

#[test]
fn the_wrong_context() {
    let folder = tempfile::tempdir().unwrap();
    let config = kubeconfig(folder.path(), "https://127.0.0.1:1", "{}");
    refused(
        &["--kubeconfig", &config, "--context", "prod"],
        &[
            "error: the kubeconfig has no such context: prod",
            "hint: pass --context, one of: infra",
        ],
    );
}

#[test]
fn nobody_listens() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let server = format!("https://{}", listener.local_addr().unwrap());
    drop(listener);
    let config = kubeconfig(folder.path(), &server, "{token: t}");
    let first = format!("error: cannot reach the cluster: {server}: connection refused");
    refused(
        &["--kubeconfig", &config],
        &[&first, "hint: check the context and the network"],
    );
}
