//! Remedies, run as a person would who pastes them into a shell: from any folder, with a key at hand or without.

use std::process::Output;

use serde_json::Value;

use super::tree::{git, other, sound};
use crate::desk::Desk;

/// What a check tells in a folder: message and remedy.
pub(super) fn told(desk: &Desk, check: &str, folder: &str) -> Vec<(String, String)> {
    let mut command = desk.program(true);
    let output = command
        .current_dir(desk.path(folder))
        .args(["check", "--offline", "-o", "json", "--check", check])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let results = report["results"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    results
        .map(|result| (text(&result["message"]), text(&result["remedy"])))
        .collect()
}

/// Runs a remedy in a folder.
pub(super) fn paste(desk: &Desk, remedy: &str, folder: &str) -> Output {
    let programs = tempfile::tempdir().unwrap();
    let flux = programs.path().join("flux");
    std::fs::write(&flux, "#!/bin/sh\nshift\nexec flux-sops-age \"$@\"\n").unwrap();
    let ours = tests::program::path("flux-sops-age");
    let (programs, ours) = (programs.path().display(), ours.parent().unwrap().display());
    let script = format!("chmod +x {programs}/flux; export PATH={programs}:{ours}:$PATH; {remedy}");
    let mut command = desk.command("bash".as_ref());
    let command = command.current_dir(desk.path(folder));
    command.args(["-c", &script]).output().unwrap()
}

#[test]
fn a_file_stays_as_it_is_where_no_key_opens_it() {
    for name in ["app.env", "app.ini", "app.yaml", "app.json"] {
        let desk = sound();
        let rule = |says: &str| {
            let age = &desk.recipient;
            let text = format!("creation_rules:\n  - age: {age}\n{says}");
            desk.write(".sops.yaml", text);
        };
        rule("");
        let text = match name {
            "app.env" => "password=hunter2\n",
            "app.ini" => "[app]\npassword = hunter2\n",
            "app.json" => "{\"password\": \"hunter2\"}\n",
            _ => "password: hunter2\n",
        };
        desk.write(name, text);
        assert_eq!(desk.sops(&["encrypt", "-i", name]).status, 0);
        let before = desk.read(name);
        rule("    encrypted_regex: other\n");
        let all = told(&desk, "files/rule-differs", ".");
        let remedy = all.iter().map(|(_, remedy)| remedy);
        let Some(remedy) = remedy.into_iter().find(|remedy| remedy.contains(name)) else {
            panic!("{name}: {all:?}");
        };
        std::fs::rename(desk.path("key.txt"), desk.path("away.txt")).unwrap();
        let done = paste(&desk, remedy, ".");
        assert!(!done.status.success(), "{name}: {done:?}");
        assert_eq!(desk.read(name), before, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_private_key_is_kept_out_of_git_from_any_folder() {
    let desk = sound();
    let folder = "gitops/apps";
    // Its last line does not end.
    desk.write(".gitignore", "key.txt");
    for name in ["my [key]*.txt", "k\\y.txt"] {
        desk.write(&format!("{folder}/{name}"), other(&desk).1);
    }
    let all = told(&desk, "files/private-key", folder);
    assert_eq!(all.len(), 2, "{all:?}");
    for (_, remedy) in all {
        let done = paste(&desk, &remedy, folder);
        assert!(done.status.success(), "{remedy}: {done:?}");
    }
    assert_eq!(told(&desk, "files/private-key", folder), []);
    git(&desk, &["check-ignore", "--quiet", "key.txt"]);
    assert!(!desk.path("gitops/apps/.gitignore").exists());
}
