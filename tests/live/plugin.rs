//! Called as people call it: through kubectl.

use std::env;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use tests::parts::part;
use tests::program::{Outcome, outcome, path};

/// Runs `kubectl ARGUMENTS` where our programs are on the `PATH`.
fn kubectl(arguments: &[&str]) -> Outcome {
    kubectl_finding(path("kubectl-platform").parent().unwrap(), arguments)
}

/// Runs `kubectl ARGUMENTS` where a folder is on the `PATH`.
fn kubectl_finding(folder: &Path, arguments: &[&str]) -> Outcome {
    let theirs = env::var_os("PATH").unwrap_or_default();
    let folders = [folder.to_owned()]
        .into_iter()
        .chain(env::split_paths(&theirs));
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

#[test]
fn kubectl_finds_the_other_plugin_by_the_link_that_the_readme_makes() {
    let readme = include_str!("../../README.md");
    let link = readme
        .lines()
        .find(|line| line.starts_with("ln -s flux-sops-age "));
    let link = link.unwrap().split_whitespace().nth(3).unwrap();
    let name = Path::new(link).file_name().unwrap();
    let folder = tempfile::tempdir().unwrap();
    symlink(path("flux-sops-age"), folder.path().join(name)).unwrap();
    let version = kubectl_finding(folder.path(), &["flux-sops-age", "--version"]);
    assert_eq!(version.status, Some(0), "{version:?}");
}
