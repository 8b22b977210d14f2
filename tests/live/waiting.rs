//! Waiting: it ends when the platform is well, and when it cannot become so by itself.

use std::collections::BTreeMap;
use std::process::{Child, Stdio};

use serde_json::json;
use tests::control_plane::{ControlPlane, Kubeconfig, Request, User};
use tests::program::{Outcome, command};
use tests::wait::eventually;

use crate::platform;

/// Longer than any test may take.
const WAIT: [&str; 5] = ["validate", "--no-probes", "--wait", "--timeout", "1h"];

/// Starts `validate --wait` in a context of `user`.
fn start(config: &Kubeconfig) -> Child {
    let mut validate = command("kubectl-platform");
    validate
        .args(WAIT)
        .arg("--kubeconfig")
        .arg(config.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets it come to its end by itself.
fn ended(mut child: Child) -> Outcome {
    eventually("the end of the wait", || match child.try_wait().unwrap() {
        Some(_) => Ok(()),
        None => Err("still waiting".to_owned()),
    });
    Outcome::from(child.wait_with_output().unwrap())
}

/// Somebody who may read everything, and whose requests are written down.
fn reader(plane: &ControlPlane) -> User {
    let user = plane.new_user();
    plane.grant(
        &user,
        &json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}]),
    );
    user
}

#[test]
fn it_ends_once_the_platform_is_up_and_has_watched_not_polled() {
    let (plane, nodes) = platform::without_nodes();
    let user = reader(&plane);
    let config = Kubeconfig::new().context("infra", &plane, &user);
    let waiting = start(&config);
    let is_watch = |request: &Request| request.verb == "watch";
    eventually("a watch", || {
        let requests = plane.requests_of(&user);
        requests
            .iter()
            .any(is_watch)
            .then_some(())
            .ok_or_else(|| format!("{requests:?}"))
    });
    plane.apply(&nodes);
    let said = ended(waiting);
    assert_eq!(said.status, Some(0), "{said:?}");

    let requests = plane.requests_of(&user);
    assert_eq!(listed_again(&requests), Vec::<String>::new());
}

/// The lists that were read more than once. Where a watch begins is asked with `limit=1`, and a
/// Secret that changed is asked for by its name.
fn listed_again(requests: &[Request]) -> Vec<String> {
    let mut lists = BTreeMap::<&str, usize>::new();
    for request in requests.iter().filter(|request| request.verb == "list") {
        let (path, query) = request.uri.split_once('?').unwrap_or((&request.uri, ""));
        let parts: Vec<&str> = query.split('&').collect();
        if !parts.contains(&"limit=1") && !query.contains("continue=") && !of_one(request) {
            *lists.entry(path).or_default() += 1;
        }
    }
    lists.retain(|_, times| *times > 1);
    lists.into_keys().map(str::to_owned).collect()
}

/// Whether a request is for one Secret.
fn of_one(request: &Request) -> bool {
    request.uri.contains("metadata.name")
}

#[test]
fn a_secret_that_changes_is_read_alone_and_without_its_values() {
    let (plane, _) = platform::without_nodes();
    let user = reader(&plane);
    let config = Kubeconfig::new().context("infra", &plane, &user);
    let mut waiting = start(&config);
    let watches_secrets =
        |request: &Request| request.verb == "watch" && request.uri.contains("/secrets?");
    eventually("the watch of Secrets", || {
        let requests = plane.requests_of(&user);
        let found = requests.iter().any(watches_secrets);
        found.then_some(()).ok_or_else(|| format!("{requests:?}"))
    });
    let path = "/api/v1/namespaces/database/secrets/added-later";
    let secret = json!({"apiVersion": "v1", "kind": "Secret", "stringData": {"password": "hunter2"},
        "metadata": {"namespace": "database", "name": "added-later"}});
    plane.apply(&[secret]);
    let requests = eventually("the Secret to be read", || {
        let requests = plane.requests_of(&user);
        let read = requests.iter().any(of_one);
        read.then(|| requests.clone())
            .ok_or_else(|| format!("{requests:?}"))
    });
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    assert_eq!(listed_again(&requests), Vec::<String>::new());
    assert!(
        !requests.iter().any(|request| request.uri.starts_with(path)),
        "nothing asks for its keys: {requests:?}"
    );
}

#[test]
fn it_ends_early_where_something_has_failed_for_good() {
    let plane = platform::coming_up_broken();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let said = ended(start(&config));
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.stdout.contains("StatefulSet database/postgresql"),
        "{said:?}"
    );
}
