//! Kills a program with a real `SIGKILL` before each of its writes, as strace counts them, to see what it leaves.
//!
//! A write is a system call that changes what others can see: a file's bytes, name, rights or existence, or what
//! goes over a connection. A program that is killed before each of them in turn has been killed in every state that
//! anyone can tell from another.

mod points;
mod strace;

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

pub use points::{Point, points};

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
    strace::run(program, configure, &options)
}
