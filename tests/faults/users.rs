//! Who we are to a cluster: what a kubeconfig says of its user, and programs that give credentials.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tests::program::{command, outcome};

use crate::connecting::{kubeconfig, refused};
use crate::servers::{CHECK, kustomization, list, mock};

const LOG_IN: &str = "hint: log in again, or check the user of the kubeconfig's context";

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
