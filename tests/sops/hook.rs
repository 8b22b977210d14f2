//! The hook for the pre-commit framework: by the framework itself where it is installed, and as it calls hooks.

use std::path::Path;
use std::process::{Command, Output};

use serde::Deserialize;
use tests::program;

use crate::desk::Desk;

const PLAIN: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-credentials\nstringData:\n  redis-password: hunter2\n";

/// A hook, with what the framework's schema demands and what is used here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that nothing else is there is the matter")]
struct Hook {
    id: String,
    name: String,
    description: String,
    entry: String,
    language: String,
    types: Vec<String>,
    require_serial: bool,
    minimum_pre_commit_version: String,
}

fn hooks() -> (String, Hook) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.pre-commit-hooks.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let mut hooks: Vec<Hook> = serde_saphyr::from_str(&text).unwrap();
    assert_eq!(hooks.len(), 1);
    (text, hooks.remove(0))
}

/// A repository with an encrypted file and one that should be.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {}\n", desk.recipient),
    );
    desk.write(".gitignore", "key.txt\nhooks/\n.cache/\n");
    for name in ["good.enc.yaml", "bad.enc.yaml"] {
        desk.write(name, PLAIN);
    }
    assert_eq!(desk.ours(&["encrypt", "-i", "good.enc.yaml"]).status, 0);
    git(&desk, &["init", "-q"]);
    desk
}

/// A program that finds ours, and Git that knows who commits.
fn command(desk: &Desk, name: &str) -> Command {
    let mut command = desk.command(Path::new(name));
    let ours = program::path("flux-sops-age");
    let path = format!(
        "{}:{}",
        ours.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    command.env("PATH", path).env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "almckay.io")
            .env(format!("GIT_{who}_EMAIL"), "admin@almckay.io");
    }
    command
}

fn git(desk: &Desk, arguments: &[&str]) -> Output {
    let done = command(desk, "git").args(arguments).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    done
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_hook_judges_the_files_that_it_is_given() {
    let (_, hook) = hooks();
    assert_eq!(
        (hook.language.as_str(), hook.require_serial),
        ("system", true)
    );
    let desk = desk();
    let words: Vec<&str> = hook.entry.split(' ').collect();
    let run = |files: &[&str]| {
        command(&desk, words[0])
            .args(&words[1..])
            .args(files)
            .output()
            .unwrap()
    };
    let good = run(&["good.enc.yaml", ".sops.yaml"]);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    let bad = run(&["good.enc.yaml", "bad.enc.yaml"]);
    assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
    assert!(
        said(&bad).contains("read in bad.enc.yaml:6"),
        "{}",
        said(&bad)
    );
}

#[test]
fn the_framework_keeps_a_secret_in_plain_out_and_judges_what_is_staged() {
    let desk = desk();
    let Ok(framework) = command(&desk, "pre-commit").arg("--version").output() else {
        eprintln!("pre-commit is not installed: only its way of calling was tried");
        return;
    };
    assert!(framework.status.success());
    // The framework takes hooks from a commit of a repository.
    let (text, hook) = hooks();
    std::fs::create_dir(desk.path("hooks")).unwrap();
    desk.write("hooks/.pre-commit-hooks.yaml", text);
    git(&desk, &["init", "-q", "hooks"]);
    git(&desk, &["-C", "hooks", "add", "."]);
    git(&desk, &["-C", "hooks", "commit", "-qm", "Add the hook"]);
    let commit = git(&desk, &["-C", "hooks", "rev-parse", "HEAD"]);
    desk.write(
        ".pre-commit-config.yaml",
        format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: {}\n",
            desk.path("hooks").display(),
            said(&commit).trim(),
            hook.id
        ),
    );
    let run = || {
        let output = command(&desk, "pre-commit")
            .env("XDG_CACHE_HOME", desk.path(".cache"))
            .arg("run")
            .output()
            .unwrap();
        (output.status.code(), said(&output))
    };
    git(&desk, &["add", "."]);
    let (status, text) = run();
    assert!(status == Some(1) && text.contains("bad.enc.yaml"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");

    // What is staged counts, not what the working tree has beside it.
    assert_eq!(desk.ours(&["encrypt", "-i", "bad.enc.yaml"]).status, 0);
    let (status, text) = run();
    assert_eq!(status, Some(1), "{text}");
    git(&desk, &["add", "bad.enc.yaml"]);
    desk.write("bad.enc.yaml", PLAIN);
    let (status, text) = run();
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(desk.read("bad.enc.yaml"), PLAIN);
}
