//! Every verb that reads a cluster meets every fault of it: it says what it could not look at, and
//! its status tells.

use std::process::Command;

use serde_json::json;
use tests::mock::{Answer, Mock, discovery};
use tests::program::{Outcome, command, outcome};

use crate::servers::GROUP;

/// The verbs that read a cluster.
pub(crate) const VERBS: [&str; 4] = ["validate", "status", "lb-ip", "snapshot"];

/// A verb, ready for more arguments; `snapshot` writes to nowhere that stays.
pub(crate) fn verb(name: &str) -> Command {
    let mut command = command("kubectl-platform");
    command.arg(name);
    if name == "snapshot" {
        command.args(["-f", "-"]);
    }
    command
}

/// How a verb fares on a server.
pub(crate) fn on(name: &str, mock: &Mock) -> Outcome {
    outcome(verb(name).args(["--request-timeout", "1s", "-s", &mock.server]))
}

/// A server with sound discovery that answers any list so.
fn lists(answer: &Answer) -> Mock {
    let answer = answer.clone();
    Mock::start(move |asked, _| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => answer.clone(),
    })
}

/// What was said to the person; `snapshot` and `lb-ip` keep standard output for what is asked for.
fn told<'a>(name: &str, said: &'a Outcome) -> &'a str {
    match name {
        "validate" | "status" => &said.stdout,
        _ => &said.stderr,
    }
}

#[test]
fn what_cannot_be_listed_is_said_and_never_well() {
    let half = json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string();
    for (answer, word) in [
        (
            Answer::error(403, "services is forbidden"),
            "services is forbidden",
        ),
        (
            Answer::Plain(429, vec!["Retry-After: 60"], String::new()),
            "429",
        ),
        (Answer::error(500, "etcd is gone"), "500: etcd is gone"),
        (Answer::error(503, "no endpoints"), "503: no endpoints"),
        (Answer::Half(half.clone()), "ended early"),
        (Answer::HalfChunked(half), "ended early"),
        (Answer::Nothing, "ended early"),
        (Answer::Silence, "no answer within 1s"),
        (
            Answer::Plain(200, vec![], "<html>".to_owned()),
            "expected value",
        ),
        (
            Answer::Plain(200, vec![], "\u{0}\u{1}\u{2}".to_owned()),
            "expected value",
        ),
        (
            Answer::Plain(200, vec![], String::new()),
            "EOF while parsing",
        ),
    ] {
        for name in VERBS {
            let said = on(name, &lists(&answer));
            assert_eq!(said.status, Some(3), "{name}: {answer:?}: {said:?}");
            assert!(
                told(name, &said).contains(word),
                "{name}: {answer:?}: {said:?}"
            );
            assert!(!said.stderr.contains("panicked"), "{said:?}");
        }
    }
}

#[test]
fn a_person_reads_one_error_a_hint_and_what_else_can_be_read() {
    for answer in [
        Answer::error(401, "Unauthorized"),
        Answer::error(403, "no"),
        Answer::error(500, "boom"),
        Answer::Plain(429, vec!["Retry-After: 60"], String::new()),
        Answer::Plain(200, vec![], "<html>".to_owned()),
        Answer::Nothing,
        Answer::Half("{\"kind\":".to_owned()),
        Answer::Silence,
    ] {
        for name in VERBS {
            let answers = answer.clone();
            let said = on(name, &Mock::start(move |_, _| answers.clone()));
            assert_eq!(said.status, Some(2), "{name}: {answer:?}: {said:?}");
            assert_eq!(said.stdout, "", "{name}: {answer:?}");
            let lines: Vec<_> = said.stderr.lines().collect();
            assert_eq!(lines.len(), 3, "{name}: {answer:?}: {said:?}");
            assert!(lines[0].starts_with("error: "), "{said:?}");
            assert!(lines[1].starts_with("hint: "), "{said:?}");
            let otherwise = "hint: without a cluster: --from PATH or --repo DIR";
            assert_eq!(lines[2], otherwise, "{name}: {answer:?}");
        }
    }
}

#[test]
fn an_address_that_could_not_be_looked_for_comes_with_a_hint() {
    for (answer, hint) in [
        (
            Answer::error(403, "no"),
            "hint: grant the rights that kubectl platform checks --rbac prints\n",
        ),
        (
            Answer::Silence,
            "hint: try again, or give each request more time: --request-timeout 1m\n",
        ),
        (Answer::error(500, "etcd is gone"), "hint: try again\n"),
    ] {
        let said = on("lb-ip", &lists(&answer));
        assert_eq!(said.status, Some(3));
        assert!(
            said.stderr.starts_with("error: cannot look at services: "),
            "{said:?}"
        );
        assert!(said.stderr.ends_with(hint), "{said:?}");
    }
}

#[test]
fn a_dead_aggregated_api_and_a_version_of_tomorrow_make_it_incomplete() {
    let empty =
        || Answer::json(&json!({"apiVersion": "v1", "kind": "List", "metadata": {}, "items": []}));
    let tomorrow = [GROUP[0], "v9", GROUP[2], GROUP[3]];
    for (group, freshness, word) in [
        (GROUP, "Stale", "does not answer"),
        (tomorrow, "Current", "v9"),
    ] {
        let mock = Mock::start(move |asked, _| match asked.path.as_str() {
            path @ ("/api" | "/apis") => Answer::json(&discovery(path, group, freshness)),
            _ => empty(),
        });
        for name in ["validate", "status", "snapshot"] {
            let said = on(name, &mock);
            assert_eq!(said.status, Some(3), "{name}: {said:?}");
            let words: Vec<_> = told(name, &said).split_whitespace().collect();
            assert!(words.join(" ").contains(word), "{name}: {said:?}");
        }
    }
}

#[test]
fn escape_sequences_of_a_server_do_not_reach_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2Jno\u{202e}";
    for name in VERBS {
        for mock in [
            lists(&Answer::error(500, hostile)),
            Mock::start(move |_, _| Answer::error(500, hostile)),
        ] {
            let said = on(name, &mock);
            let all = format!("{}{}", told(name, &said), said.stderr);
            assert!(all.contains("no"), "{name}: {said:?}");
            let is_hostile =
                |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
            assert!(!all.contains(is_hostile), "{name}: {said:?}");
        }
    }
}
