//! Called as people call it: through kubectl.

use std::env;
use std::process::{Command, Stdio};

use tests::parts::part;
use tests::program::{Outcome, outcome, path};

/// Runs `kubectl ARGUMENTS` where our programs are on the `PATH`.
fn kubectl(arguments: &[&str]) -> Outcome {
    let ours = path("kubectl-platform").parent().unwrap().to_owned();
    let theirs = env::var_os("PATH").unwrap_or_default();
    let folders = [ours].into_iter().chain(env::split_paths(&theirs));
    outcome(
        Command::new(part("kubectl"))
            .args(arguments)
            .env("PATH", env::join_paths(folders).unwrap())
            .env_remove("KUBECONFIG")
            .env("HOME", "/nonexistent")
            .stdin(Stdio::null()),
    )
}

#[test]
fn kubectl_finds_the_plugin_and_keeps_its_exit_status() {
    let fixture = |name: &str| {
        format!(
            "{}/checks/flux/source-not-ready/{name}",
            env!("CARGO_MANIFEST_DIR")
        )
    };
    let good = kubectl(&["platform", "validate", "--from", &fixture("good.yaml")]);
    assert_eq!(good.status, Some(0), "{good:?}");
    let bad = kubectl(&["platform", "validate", "--from", &fixture("bad.yaml")]);
    assert_eq!(bad.status, Some(1), "{bad:?}");
    let unknown = kubectl(&["platform", "validate", "--from", "/nonexistent"]);
    assert_eq!(unknown.status, Some(2), "{unknown:?}");
    assert!(unknown.stderr.starts_with("error: "), "{unknown:?}");
}

#[test]
fn kubectl_lists_the_plugin() {
    let list = kubectl(&["plugin", "list"]);
    assert!(list.stdout.contains("kubectl-platform"), "{list:?}");
}
