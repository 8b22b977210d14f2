//! Kills a program with a real `SIGKILL` before each of its writes, as strace counts them, to see what it leaves.
//!
//! A write is a system call that changes what others can see: a file's bytes, name, rights or existence, or what
//! goes over a connection. A program that is killed before each of them in turn has been killed in every state that
//! anyone can tell from another.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// The calls that write. Of those that open files, the ones that create.
const CALLS: [&str; 25] = [
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "pwritev2",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "sendfile",
    "copy_file_range",
    "open",
    "openat",
    "creat",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "fsync",
    "fchmod",
    "ftruncate",
];

/// A place in a program's run: before the call `call` that is the `number`th, from 1, of its thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The system call.
    pub call: String,
    /// Which of them, from 1.
    pub number: usize,
}

/// Kills a program before each of its writes, one run for each.
///
/// `configure` gives it its arguments, folder and environment, `prepare` lays out what each run finds, and `judge`
/// looks at what a killed run left: it may go on with the work, and must see it end well. Returns how many runs were
/// killed; one run to its end comes first, and must succeed.
///
/// # Panics
///
/// When the program does not succeed where it is left alone, or when hardly a run could be killed.
pub fn before_every_write(
    program: &Path,
    configure: impl Fn(&mut Command),
    mut prepare: impl FnMut(),
    mut judge: impl FnMut(&Point),
) -> usize {
    prepare();
    let points = points(program, &configure);
    let mut killed = 0;
    for point in &points {
        prepare();
        // Threads race: a run may need fewer writes than the first one did.
        if run_until(program, &configure, point, "SIGKILL").signal() == Some(9) {
            killed += 1;
            judge(point);
        }
    }
    assert!(
        killed * 2 > points.len(),
        "of {} writes of {} only {killed} were met",
        points.len(),
        program.display()
    );
    killed
}

/// The writes of a program, by a run to its end.
///
/// # Panics
///
/// When the program fails.
pub fn points(program: &Path, configure: &impl Fn(&mut Command)) -> BTreeSet<Point> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let calls = format!("trace={}", CALLS.join(","));
    let options = ["-s", "0", "-o", log.path().to_str().unwrap(), "-e", &calls];
    let status = traced(program, configure, &options);
    assert!(
        status.success(),
        "{} ended with {status}",
        program.display()
    );
    let mut counted = std::collections::HashMap::new();
    let mut points = BTreeSet::new();
    for line in std::fs::read_to_string(log.path()).unwrap().lines() {
        // `PID  CALL(ARGUMENTS) = RESULT`; a call that another thread interrupts is resumed on a line of its own.
        let Some((thread, rest)) = line.split_once(' ') else {
            continue;
        };
        let Some((call, arguments)) = rest.trim_start().split_once('(') else {
            continue;
        };
        if !CALLS.contains(&call) {
            continue;
        }
        let number = counted
            .entry((thread.to_owned(), call.to_owned()))
            .or_insert(0);
        *number += 1;
        let creates = arguments.contains("O_CREAT") || arguments.contains("O_TMPFILE");
        if creates || !call.starts_with("open") {
            points.insert(Point {
                call: call.to_owned(),
                number: *number,
            });
        }
    }
    points
}

/// Runs a program until a point, where it gets a signal.
pub fn run_until(
    program: &Path,
    configure: &impl Fn(&mut Command),
    point: &Point,
    signal: &str,
) -> ExitStatus {
    run_injected(program, configure, point, &format!("signal={signal}"))
}

fn run_injected(
    program: &Path,
    configure: &impl Fn(&mut Command),
    point: &Point,
    what: &str,
) -> ExitStatus {
    let log = tempfile::NamedTempFile::new().unwrap();
    let Point { call, number } = point;
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:{what}:when={number}");
    let options = [
        "-o",
        log.path().to_str().unwrap(),
        "-e",
        &trace,
        "-e",
        &inject,
    ];
    traced(program, configure, &options)
}

/// Lets each write of a program fail in turn with an error such as `ENOSPC`, one run for each.
///
/// As [`before_every_write`]; `judge` is also told how the run ended. Returns how many runs there were.
///
/// # Panics
///
/// When the program does not succeed where it is left alone.
pub fn with_every_write_failing(
    program: &Path,
    error: &str,
    configure: impl Fn(&mut Command),
    mut prepare: impl FnMut(),
    mut judge: impl FnMut(&Point, ExitStatus),
) -> usize {
    prepare();
    let points = points(program, &configure);
    for point in &points {
        prepare();
        let status = run_injected(program, &configure, point, &format!("error={error}"));
        judge(point, status);
    }
    points.len()
}

/// Runs a program under strace, which ends as the program does.
fn traced(program: &Path, configure: &impl Fn(&mut Command), options: &[&str]) -> ExitStatus {
    let mut command = Command::new(strace());
    command
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
fn strace() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("strace"))
        .find(|file| file.is_file());
    found.expect("strace is not installed: tests/run installs it")
}
