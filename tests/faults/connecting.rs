//! The way to a cluster: kubeconfigs that are not there, not readable or wrong, and servers that are away.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tests::program::{Outcome, command, outcome};

use crate::servers::{CHECK, kustomization, list, mock};
use crate::verbs::{VERBS, verb};

/// A kubeconfig with one context; `user` is its user in YAML.
fn kubeconfig(folder: &Path, server: &str, user: &str) -> String {
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
fn refused(arguments: &[&str], expected: &[&str]) {
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
const LOG_IN: &str = "hint: log in again, or check the user of the kubeconfig's context";

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

#[test]
fn a_credential_plugin_that_fails() {
    let folder = tempfile::tempdir().unwrap();
    let exec = |command: &str| {
        format!(
            "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: '{command}', args: [hunter2], interactiveMode: Never}}}}"
        )
    };
    let config = kubeconfig(folder.path(), "https://127.0.0.1:1", &exec("false"));
    refused(
        &["--kubeconfig", &config],
        &[
            "error: the credential plugin false failed: exit status: 1",
            LOG_IN,
        ],
    );
    let config = kubeconfig(
        folder.path(),
        "https://127.0.0.1:1",
        &exec("/nonexistent/login"),
    );
    refused(
        &["--kubeconfig", &config],
        &[
            "error: cannot run the credential plugin /nonexistent/login: no such file",
            LOG_IN,
        ],
    );
}

#[test]
fn a_credential_plugin_is_run_once_for_all_requests() {
    let folder = tempfile::tempdir().unwrap();
    let (plugin, runs) = (folder.path().join("login"), folder.path().join("runs"));
    let credential = "{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \
                      \"status\": {\"token\": \"hunter2\"}}";
    let script = format!(
        "#!/bin/sh\necho run >> '{}'\necho '{credential}'\n",
        runs.display()
    );
    fs::write(&plugin, script).unwrap();
    fs::set_permissions(&plugin, fs::Permissions::from_mode(0o700)).unwrap();
    let server = mock(|_, _| list(&[kustomization("apps", "infra")], ""));
    let user = format!(
        "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: '{}', interactiveMode: Never}}}}",
        plugin.display()
    );
    let config = kubeconfig(folder.path(), &server.server, &user);
    let mut validate = command("kubectl-platform");
    validate.args(["validate", "--check", CHECK, "--kubeconfig", &config]);
    let said = outcome(&mut validate);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert_eq!(fs::read_to_string(runs).unwrap(), "run\n");
    let asked = server.asked();
    assert!(asked.len() > 2, "{asked:?}");
    for one in asked {
        let has = |line: &String| line == "authorization: bearer hunter2";
        assert!(one.headers.iter().any(has), "{one:?}");
    }
}

#[test]
fn a_user_is_read_as_kubectl_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = mock(|_, _| list(&[kustomization("apps", "infra")], ""));
    for (user, expected) in [
        (
            r#"{token: "hunter2\n", tokenFile: "", client-certificate: "", client-key: ""}"#,
            Some("authorization: bearer hunter2"),
        ),
        ("null", None),
    ] {
        let config = kubeconfig(folder.path(), &server.server, user);
        let mut validate = command("kubectl-platform");
        validate.args(["validate", "--check", CHECK, "--kubeconfig", &config]);
        let said = outcome(&mut validate);
        assert_eq!(said.status, Some(0), "{user}: {said:?}");
        let asked = server.asked();
        let headers = &asked.last().unwrap().headers;
        let sent = headers
            .iter()
            .find(|line| line.starts_with("authorization"));
        assert_eq!(sent.map(String::as_str), expected);
    }
}

#[test]
fn what_no_request_can_carry_is_refused_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let config = kubeconfig(
        folder.path(),
        "https://127.0.0.1:1",
        r#"{token: "hunt\ner2"}"#,
    );
    refused(
        &["--kubeconfig", &config],
        &[
            "error: the token holds characters that no token has, such as a line end",
            "hint: check the token of the kubeconfig's user, or --token",
        ],
    );
    refused(
        &["-s", "https://me:hunter2@no host"],
        &["error: the server is no URL: invalid uri character: https://no host"],
    );
}
