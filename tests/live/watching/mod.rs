//! `status -w`: what is there, each change as it comes, and nothing else.

mod program;
#[cfg(target_os = "linux")]
mod terminal;

use std::io::Read;
use std::process::Stdio;

use http::Method;
use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::objects::objects;
use tests::program::command;
use tests::wait::eventually;

use program::Watching;

const API: &str = "source.toolkit.fluxcd.io/v1";

fn repository(namespace: &str, name: &str, ready: &str, message: &str) -> Value {
    json!({"apiVersion": API, "kind": "GitRepository",
    "metadata": {"name": name, "namespace": namespace},
    "spec": {"url": "https://git.almckay.io/infra"},
    "status": {"conditions": [
        {"type": "Ready", "status": ready, "reason": "Told", "message": message},
    ]}})
}

/// Somebody who may list and watch everything, and whose requests are written down.
fn watcher(plane: &ControlPlane) -> User {
    let user = plane.new_user();
    let rules = json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list", "watch"]}]);
    plane.grant(&user, &rules);
    user
}

fn words(line: &str) -> Vec<&str> {
    line.split("   ")
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn in_a_pipe_each_change_is_a_line_and_nothing_is_polled() {
    let plane = ControlPlane::shared();
    let user = watcher(plane);
    let namespace = plane.namespace("watched");
    plane.apply(&[repository(&namespace, "infra", "False", "no such host")]);
    let config = Kubeconfig::new().context("infra", plane, &user);
    let mut watching = Watching::start(&config, &["gitrepo", "-n", &namespace]);
    let lines = watching.lines(2);
    assert_eq!(
        words(&lines[0]),
        ["NAMESPACE", "NAME", "STATUS", "AGE", "REASON"]
    );
    let row = words(&lines[1]);
    assert_eq!(
        (row[1], row[2], row[4]),
        ("infra", "Failed", "Told: no such host")
    );

    plane.apply(&[repository(&namespace, "infra", "True", "stored artifact")]);
    let lines = watching.lines(3);
    assert_eq!(words(&lines[2])[2], "Current", "{lines:?}");
    let leaky = "cannot clone https://robot:hunter2@git.almckay.io/\u{1b}[2J";
    plane.apply(&[repository(&namespace, "late", "False", leaky)]);
    let lines = eventually("the message", || {
        let lines = watching.lines(4);
        let last = lines.last().unwrap();
        last.contains("cannot clone")
            .then_some(())
            .ok_or(last.clone())
            .map(|()| lines)
    });
    let last = lines.last().unwrap();
    assert_eq!(words(last)[1..3], ["late", "Failed"]);
    assert!(
        !last.contains("hunter2") && !last.contains('\u{1b}'),
        "{last}"
    );
    let path = format!("/apis/{API}/namespaces/{namespace}/gitrepositories/infra");
    plane.request(&Method::DELETE, &path, None).unwrap();
    let lines = watching.lines(lines.len() + 1);
    let row = words(lines.last().unwrap());
    assert_eq!(
        (row[1], row[2], row[4]),
        ("infra", "Terminating", "Deleted")
    );

    assert_eq!(watching.interrupt(), Some(130));
    assert_eq!(watching.said("stderr"), "");
    let requests = plane.requests_of(&user);
    let of_list = |verb: &str| requests.iter().filter(|one| one.verb == verb).count();
    // Where the watch begins, and the list itself.
    assert_eq!((of_list("list"), of_list("watch")), (2, 1), "{requests:?}");
}

#[test]
fn scripts_get_an_object_a_line() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("watched");
    plane.apply(&[repository(&namespace, "infra", "False", "no such host")]);
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let watching = Watching::start(&config, &["gitrepo/infra", "-n", &namespace, "-o", "json"]);
    watching.lines(1);
    plane.apply(&[repository(&namespace, "infra", "True", "stored artifact")]);
    let lines = watching.lines(2);
    let items: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(items[0]["status"], "Failed");
    assert_eq!(items[0]["apiVersion"], API);
    assert_eq!(
        (&items[1]["name"], &items[1]["status"]),
        (&json!("infra"), &json!("Current"))
    );
}

#[test]
fn it_ends_silently_once_nobody_reads() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("watched");
    plane.apply(&[repository(&namespace, "infra", "False", "no such host")]);
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let mut child = command("kubectl-platform")
        .args(["status", "gitrepo", "-w", "-n", &namespace, "--kubeconfig"])
        .arg(config.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 9];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"NAMESPACE");
    let status = eventually("its end", || {
        child.try_wait().unwrap().ok_or_else(String::new)
    });
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_kind_that_is_defined_later_is_followed_too() {
    let plane = ControlPlane::fresh();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let watching = Watching::start(&config, &["ns,ks,crd", "-o", "name"]);
    watching.lines(4);
    let late = objects(
        "
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
",
    );
    plane.apply(&late);
    eventually("the Kustomization", || {
        let said = watching.said("stdout");
        let is_there = said.contains("kustomization.kustomize.toolkit.fluxcd.io/apps\n");
        is_there.then_some(()).ok_or(said)
    });
}

#[test]
fn what_may_not_be_watched_is_said() {
    let plane = ControlPlane::shared();
    let user = plane.new_user();
    let rules = json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list"]}]);
    plane.grant(&user, &rules);
    let config = Kubeconfig::new().context("infra", plane, &user);
    let watching = Watching::start(&config, &["ns"]);
    eventually("the reason", || {
        let said = watching.said("stderr");
        let told = said.starts_with("not looked at: forbidden: namespaces: changes are not told");
        told.then_some(()).ok_or(said)
    });
}
