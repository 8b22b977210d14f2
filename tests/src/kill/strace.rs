//! A program under strace.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Runs a program under strace, which ends as the program does.
pub(super) fn run(
    program: &Path,
    configure: &impl Fn(&mut Command),
    options: &[&str],
) -> ExitStatus {
    // Where tests run in the background of a script, Ctrl-C is ignored, and that is handed on.
    let mut command = Command::new("/usr/bin/env");
    command
        .arg("--default-signal=INT")
        .arg(path())
        .args(["-f", "-qq"])
        .args(options)
        .arg("--")
        .arg(program);
    configure(&mut command);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("strace: "), "{said}");
    output.status
}

/// Where strace is: what `configure` says of `PATH` is for the program.
fn path() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("strace"))
        .find(|file| file.is_file());
    found.expect("strace is not installed: tests/run installs it")
}
