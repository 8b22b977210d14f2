//! The programs under test.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// What a program did.
#[derive(Debug)]
pub struct Outcome {
    /// The exit status; none where a signal ended it.
    pub status: Option<i32>,
    /// What it printed for scripts.
    pub stdout: String,
    /// What it told the person.
    pub stderr: String,
}

/// Runs a program of ours, such as `kubectl-platform`.
pub fn run(name: &str, arguments: &[&str]) -> Outcome {
    outcome(command(name).args(arguments))
}

/// A program of ours, ready for arguments. It finds no kubeconfig and no settings of the person who runs the tests.
pub fn command(name: &str) -> Command {
    let mut command = Command::new(path(name));
    command
        .stdin(Stdio::null())
        .env_remove("KUBECONFIG")
        .env("HOME", "/nonexistent");
    command
}

/// Runs a command to its end.
pub fn outcome(command: &mut Command) -> Outcome {
    Outcome::from(command.output().unwrap())
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Outcome {
        Outcome {
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Where a program of ours is. Cargo builds the programs of other packages for no test, so it is asked to, once.
pub fn path(name: &str) -> PathBuf {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build(&["--workspace", "--bins"]));
    named(name, built)
}

/// Where a program of ours is as it is released: `flux-sops-age`, for tests that break into its run.
pub fn released(name: &str) -> PathBuf {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    // The same words as in tests/run, which has it built before the tests.
    let built = BUILT.get_or_init(|| build(&["--release", "--locked", "-p", "flux-sops-age"]));
    named(name, built)
}

fn named(name: &str, built: &[PathBuf]) -> PathBuf {
    let found = built
        .iter()
        .find(|path| path.file_stem().is_some_and(|stem| stem == name));
    match found {
        Some(path) => path.clone(),
        None => panic!("there is no program {name} among {built:?}"),
    }
}

fn build(what: &[&str]) -> Vec<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--message-format=json"])
        .args(what)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "the programs under test do not build"
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .collect()
}
