//! Several contexts that are followed side by side: one that comes late, and one whose session ends.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::mock::{Answer, Mock, discovery};
use tests::program::outcome;

use crate::following::{Following, event, is_watch, named};
use crate::servers::{GROUP, LIST, kustomization};
use crate::verbs::{VERBS, verb};

/// A kubeconfig with a context for each server: `a` and `b`.
fn kubeconfig(folder: &TempDir, servers: [&Mock; 2]) -> PathBuf {
    let all = |one: fn(&str, &Mock) -> Value| -> Vec<Value> {
        let names = ["a", "b"].into_iter().zip(servers);
        names.map(|(name, server)| one(name, server)).collect()
    };
    let config = json!({
        "apiVersion": "v1", "kind": "Config",
        "users": [{"name": "me", "user": {"token": "t"}}],
        "clusters": all(|name, mock| json!({"name": name, "cluster": {"server": mock.server}})),
        "contexts": all(|name, _| json!({"name": name, "context": {"cluster": name, "user": "me"}})),
    });
    let path = folder.path().join("config");
    fs::write(&path, config.to_string()).unwrap();
    path
}

fn followed(kinds: &[&str], servers: [&Mock; 2]) -> (TempDir, Following) {
    let folder = tempfile::tempdir().unwrap();
    let config = kubeconfig(&folder, servers);
    let config = ["--kubeconfig", config.to_str().unwrap(), "--context", "a,b"];
    let following = Following::with(&[kinds, &config].concat());
    (folder, following)
}

fn added(name: &str) -> Answer {
    Answer::Open(event("ADDED", &kustomization(name, "none")))
}

#[test]
fn a_context_that_could_not_be_read_is_tried_again() {
    let late = Mock::start(|asked, before| match asked.path.as_str() {
        "/api" | "/apis" if before < 2 => Answer::error(500, "boom"),
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => named(asked, before, |_| added("at-late-watch")),
    });
    let sound = Mock::start(|asked, before| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => named(asked, before, |_| added("at-watch")),
    });
    let (_folder, following) = followed(&["ks"], [&late, &sound]);
    following.sees("stdout", "at-watch");
    following.sees("stdout", "at-late-watch");
}

#[test]
fn what_watches_told_before_a_session_ended_does_not_end_the_next() {
    let over = || Answer::error(401, "Unauthorized");
    // While the one is slow to be opened again, all watches of the other end, one after the other.
    let [slow, many] = [true, false].map(|is_slow| {
        Mock::start(move |asked, before| match asked.path.as_str() {
            path @ ("/api" | "/apis") => {
                if is_slow && before > 0 {
                    sleep(Duration::from_millis(800));
                }
                Answer::json(&discovery(path, GROUP, "Current"))
            }
            path if is_watch(asked) && before == 0 => {
                if !is_slow && path.starts_with(LIST) {
                    sleep(Duration::from_millis(500));
                }
                over()
            }
            _ => named(asked, before, |_| added("at-watch")),
        })
    });
    let (_folder, following) = followed(&[], [&slow, &many]);
    following.sees("stdout", "at-watch");
    sleep(Duration::from_secs(2));
    let asked = many.asked();
    let opened = asked.iter().filter(|one| one.path == "/api");
    let opened = opened.count();
    assert_eq!(opened, 2, "{:?}", following.said("stderr"));
}

#[test]
fn a_context_that_is_not_in_the_kubeconfig_is_told_before_any_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let sound = Mock::start(|_, _| Answer::error(401, "nobody asked for this"));
    let config = kubeconfig(&folder, [&sound, &sound]);
    for name in VERBS {
        let said = outcome(
            verb(name)
                .args(["--context", "a,nope", "--kubeconfig"])
                .arg(&config),
        );
        assert_eq!(said.status, Some(2), "{name}: {said:?}");
        let told =
            "error: the kubeconfig has no such context: nope\nhint: pass --context, one of: a, b\n";
        assert!(said.stderr.starts_with(told), "{name}: {said:?}");
    }
}

#[test]
fn a_context_that_does_not_answer_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let sound = Mock::start(|asked, before| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => named(asked, before, |_| added("at-watch")),
    });
    let failing = Mock::start(|_, _| Answer::error(500, "boom"));
    let config = kubeconfig(&folder, [&sound, &failing]);
    for name in ["validate", "status"] {
        let said = outcome(
            verb(name)
                .args(["--context", "a,b", "--kubeconfig"])
                .arg(&config),
        );
        let told = said.stdout.split("not looked at:").nth(1).unwrap();
        assert_eq!(
            told.matches("b: unreachable: ").count(),
            1,
            "{name}: {said:?}"
        );
    }
}
