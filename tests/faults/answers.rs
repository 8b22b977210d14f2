//! Answers that are none, or not what was asked for.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tests::mock::{Answer, Asked};

use crate::servers::{CHECK, LIST, judged, kustomization, list, mock, skipped};

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
        r#"{"kind":"KustomizationList","apiVersion":"v1","metadata":{}}"#,
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
fn a_page_that_comes_again_and_again_is_no_list() {
    let (reason, message) = skipped(&mock(|_, _| list(&[kustomization("a", "none")], "second")));
    assert_eq!(reason, "unreadable");
    assert!(
        message.contains("the same page again and again"),
        "{message}"
    );
}

#[test]
fn pages_without_objects_come_to_an_end() {
    let pages = AtomicUsize::new(0);
    let mock = mock(move |_, _| list(&[], &pages.fetch_add(1, Ordering::Relaxed).to_string()));
    let (reason, message) = skipped(&mock);
    assert_eq!(reason, "unreadable");
    assert!(message.contains("without an object"), "{message}");
}
