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
    let mut lists = BTreeMap::<String, usize>::new();
    for request in requests {
        let (path, query) = request.uri.split_once('?').unwrap_or((&request.uri, ""));
        if request.verb == "list" && !query.contains("continue=") {
            *lists.entry(path.to_owned()).or_default() += 1;
        }
    }
    // The present, where its watch begins, and what changed in between; not more, however long it takes.
    lists.retain(|_, times| *times > 3);
    assert!(lists.is_empty(), "listed again and again: {lists:#?}");
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
