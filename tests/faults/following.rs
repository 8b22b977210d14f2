//! Watches that break off, are refused, or tell too little.

use std::fs::{self, File};
use std::process::Child;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::mock::{Answer, Asked, Mock};
use tests::program::{command, outcome};
use tests::wait::eventually;

use crate::servers::{LIST, kustomization, list, mock};

pub(crate) fn is_watch(asked: &Asked) -> bool {
    asked.path.contains("watch=1")
}

/// `status -w` on a server.
pub(crate) struct Following {
    child: Child,
    folder: TempDir,
}

impl Following {
    fn start(server: &Mock) -> Following {
        Following::with(&["ks", "-s", &server.server])
    }

    /// With more arguments.
    pub(crate) fn with(arguments: &[&str]) -> Following {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| File::create(folder.path().join(name)).unwrap();
        let child = command("kubectl-platform")
            .args(["status", "-w", "-o", "json"])
            .args(arguments)
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn()
            .unwrap();
        Following { child, folder }
    }

    pub(crate) fn said(&self, stream: &str) -> String {
        fs::read_to_string(self.folder.path().join(stream)).unwrap()
    }

    pub(crate) fn sees(&self, stream: &str, what: &str) {
        eventually(what, || {
            let said = self.said(stream);
            said.contains(what).then_some(()).ok_or(said)
        });
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        // One that has ended already is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn event(r#type: &str, object: &Value) -> String {
    format!("{}\n", json!({"type": r#type, "object": object}))
}

pub(crate) fn named(asked: &Asked, before: usize, watch: impl Fn(usize) -> Answer) -> Answer {
    match is_watch(asked) {
        true => watch(before),
        // Where the watch begins, and the list.
        false if asked.path.split(['?', '&']).any(|part| part == "limit=1") => list(&[], ""),
        false => list(&[kustomization(&format!("at-list-{before}"), "none")], ""),
    }
}

#[test]
fn a_watch_whose_beginning_is_forgotten_begins_with_the_list_again() {
    let gone = json!({"kind": "Status", "code": 410, "status": "Failure", "message": "too old", "reason": "Expired"});
    for first in [
        Answer::error(410, "too old"),
        Answer::Open(event("ERROR", &gone)),
    ] {
        let server = mock(move |asked, before| {
            named(asked, before, |before| match before {
                0 => first.clone(),
                _ => Answer::Open(event("ADDED", &kustomization("at-watch", "none"))),
            })
        });
        let following = Following::start(&server);
        following.sees("stdout", "at-list-0");
        following.sees("stdout", "at-list-1");
        following.sees("stdout", "at-watch");
        following.sees("stdout", "\"reason\":\"Deleted\"");
        assert_eq!(following.said("stderr"), "");
    }
}

#[test]
fn a_server_that_goes_away_is_said_and_waited_for() {
    let server = mock(|asked, before| {
        named(asked, before, |before| match before {
            0 | 1 => Answer::error(503, "restarting"),
            _ => Answer::Open(event("ADDED", &kustomization("at-watch", "none"))),
        })
    });
    let following = Following::start(&server);
    following.sees("stderr", "warning: cannot reach the cluster: ");
    following.sees("stderr", ": 503: restarting\n");
    following.sees("stdout", "at-watch");
    let lists = server.asked();
    let lists = lists
        .iter()
        .filter(|asked| asked.path.starts_with(LIST) && !is_watch(asked));
    assert_eq!(lists.count(), 2, "read anew although nothing was missed");
}

#[test]
fn a_session_that_ends_is_an_error() {
    let server = mock(|asked, before| {
        if asked.path.starts_with(LIST) && before > 0 {
            return Answer::error(401, "Unauthorized");
        }
        named(asked, before, |_| Answer::error(401, "Unauthorized"))
    });
    let mut following = Following::start(&server);
    let status = eventually("its end", || {
        following.child.try_wait().unwrap().ok_or_else(String::new)
    });
    assert_eq!(status.code(), Some(2));
    following.sees(
        "stderr",
        "error: the cluster does not accept the credentials: ",
    );
    following.sees("stderr", "\nhint: log in again");
}

#[test]
fn a_wait_that_hears_nothing_does_not_pass_at_its_timeout() {
    let mut rolling = kustomization("apps", "none");
    rolling["status"] = json!({"conditions": [
        {"type": "Ready", "status": "Unknown", "reason": "Progressing", "message": "building"},
    ]});
    let server = mock(move |asked, _| match is_watch(asked) {
        true => Answer::error(503, "restarting"),
        false => list(std::slice::from_ref(&rolling), ""),
    });
    let said = outcome(
        command("kubectl-platform")
            .args([
                "validate",
                "--check",
                "flux/kustomization-not-ready",
                "--wait",
            ])
            .args(["--timeout", "3s", "-s", &server.server]),
    );
    assert!(matches!(said.status, Some(1 | 3)), "{said:?}");
}
