//! What is asked again when a server that is followed fails for a moment.

use serde_json::{Value, json};
use tests::mock::{Answer, Mock, discovery};

use crate::following::{Following, event, is_watch, named};
use crate::servers::{GROUP, LIST, kustomization, list, mock};

/// As often as a question is asked before its answer is taken for one.
const ATTEMPTS: usize = 4;

#[test]
fn a_list_whose_watch_could_not_begin_is_watched_later() {
    let server = mock(|asked, before| {
        let is_version =
            !is_watch(asked) && asked.path.contains("limit=1&") || asked.path.ends_with("limit=1");
        if is_version && before < ATTEMPTS {
            return Answer::error(500, "etcd leader changed");
        }
        named(asked, 0, |_| {
            Answer::Open(event("ADDED", &kustomization("at-watch", "none")))
        })
    });
    let following = Following::with(&["ks", "-s", &server.server]);
    following.sees("stdout", "at-list-0");
    following.sees("stdout", "at-watch");
}

#[test]
fn one_answer_that_takes_too_long_does_not_end_all_asking() {
    let gone = Answer::error(410, "too old");
    let server = mock(move |asked, before| {
        let is_list = asked.path.starts_with(LIST) && asked.path.ends_with("limit=1000");
        match (is_list, before) {
            (true, 1) => Answer::Silence,
            (true, _) => list(&[kustomization(&format!("at-list-{before}"), "none")], ""),
            _ => named(asked, before, |before| match before {
                0 => gone.clone(),
                _ => Answer::Open(String::new()),
            }),
        }
    });
    let following = Following::with(&["ks", "--request-timeout", "1s", "-s", &server.server]);
    following.sees("stdout", "at-list-0");
    following.sees("stdout", "at-list-2");
}

#[test]
fn a_secret_that_could_not_be_read_when_it_changed_is_read_later() {
    let row = |kind: &str| {
        let metadata = json!({"name": "sops-age", "namespace": "flux-system"});
        json!({"cells": ["sops-age", kind, 1, "1d"], "object": {"metadata": metadata}})
    };
    let table = |rows: &[Value]| {
        Answer::json(&json!({
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {},
            "columnDefinitions": [{"name": "Name"}, {"name": "Type"}, {"name": "Data"}, {"name": "Age"}],
            "rows": rows,
        }))
    };
    let secret = json!({"apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadata",
        "metadata": {"name": "sops-age", "namespace": "flux-system", "resourceVersion": "2"}});
    let server = mock(move |asked, before| {
        let is_one = asked
            .path
            .starts_with("/api/v1/namespaces/flux-system/secrets");
        match (is_one, is_watch(asked)) {
            (true, _) if before < ATTEMPTS => Answer::error(500, "etcd leader changed"),
            (true, _) => table(&[row("Opaque")]),
            (_, true) => Answer::Open(event("ADDED", &secret)),
            _ if asked.path.contains("limit=1&") => {
                Answer::json(&json!({"metadata": {"resourceVersion": "1"}}))
            }
            _ => table(&[]),
        }
    });
    let following = Following::with(&["secrets", "-s", &server.server]);
    following.sees("stderr", "cannot read Secret flux-system/sops-age: ");
    following.sees("stdout", "sops-age");
}

#[test]
fn a_watch_that_breaks_as_soon_as_it_is_open_does_not_hide_what_changes() {
    let broken =
        json!({"kind": "Status", "code": 500, "status": "Failure", "message": "conversion failed"});
    let server =
        mock(move |asked, before| named(asked, before, |_| Answer::Open(event("ERROR", &broken))));
    let following = Following::with(&["ks", "-s", &server.server]);
    following.sees("stdout", "at-list-0");
    following.sees("stdout", "at-list-1");
}

#[test]
fn a_list_that_could_not_be_reached_at_first_is_read_later() {
    let server = mock(|asked, before| {
        let is_list = asked.path.starts_with(LIST) && asked.path.ends_with("limit=1000");
        if is_list && before < ATTEMPTS {
            return Answer::error(503, "etcd leader changed");
        }
        named(asked, before, |_| Answer::Open(String::new()))
    });
    let following = Following::with(&["ks", "-s", &server.server]);
    following.sees("stdout", &format!("at-list-{ATTEMPTS}"));
}

#[test]
fn what_is_served_is_asked_again_where_half_of_it_was_told() {
    let server = Mock::start(|asked, before| match asked.path.as_str() {
        "/apis" if before < ATTEMPTS => Answer::error(503, "starting"),
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => named(asked, before, |_| Answer::Open(String::new())),
    });
    let following = Following::with(&["ks", "-s", &server.server]);
    following.sees("stdout", "at-list-0");
}
