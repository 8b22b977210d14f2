//! Our programs as they are released.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// Where a program is; the first time all are built, which takes minutes.
pub(crate) fn program(name: &str) -> &'static Path {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(build).iter();
    let mut found = built.filter(|path| path.file_stem().is_some_and(|stem| stem == name));
    match found.next() {
        Some(path) => path,
        None => panic!("{name} does not build"),
    }
}

/// A run of `kubectl-platform`, which takes nobody's settings but those that it is given.
pub(crate) fn platform(arguments: &[&str]) -> Command {
    let mut command = Command::new(program("kubectl-platform"));
    command
        .args(arguments)
        .env_remove("KUBECONFIG")
        .env("HOME", "/nonexistent");
    command
}

fn build() -> Vec<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--message-format=json"])
        .args(["-p", "kubectl-platform", "-p", "flux-sops-age"])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .collect()
}
