//! Those who read what is printed: they stop early, and they press Ctrl-C.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use tests::mock::{Answer, Mock, discovery};
use tests::wait::eventually;

use crate::servers::{GROUP, kustomization, list, mock};
use crate::verbs::{VERBS, verb};

/// Sends Ctrl-C's signal, and waits for the end.
fn interrupt(child: &mut Child) -> (Option<i32>, String) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    let status = child.wait().unwrap().code();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    (status, said)
}

#[test]
fn ctrl_c_ends_every_verb_at_once_as_a_shell_reports_it() {
    for name in VERBS {
        let silent = mock(|_, _| Answer::Silence);
        let mut child = verb(name)
            .args(["--request-timeout", "0", "-s", &silent.server])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        eventually("a list to be asked for", || {
            let asked = silent.asked();
            let is_list = asked.iter().any(|asked| asked.path.contains("limit="));
            is_list.then_some(()).ok_or_else(|| format!("{asked:?}"))
        });
        let (status, said) = interrupt(&mut child);
        assert_eq!(
            (status, said.as_str()),
            (Some(130), "error: interrupted\n"),
            "{name}"
        );
    }
}

#[test]
fn a_reader_that_has_gone_is_no_error_and_the_status_stays() {
    let both = || list(&[kustomization("a", "b"), kustomization("b", "a")], "");
    let server = Mock::start(move |asked, _| match asked.path.as_str() {
        path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
        _ => both(),
    });
    for (name, status) in [("validate", 1), ("status", 0), ("snapshot", 3)] {
        // Nobody has ever read from this pipe when it is written to.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = verb(name)
            .args(["-s", &server.server])
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(status), "{name}: {told}");
        assert!(
            !told.contains("error") && !told.contains("panicked"),
            "{name}: {told}"
        );
    }
}
