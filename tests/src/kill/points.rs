//! The places in a program's run that anyone can tell from each other.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;

use super::strace;

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

/// The writes of a program, by a run to its end.
///
/// # Panics
///
/// When the program fails.
pub fn points(program: &Path, configure: &impl Fn(&mut Command)) -> BTreeSet<Point> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let calls = format!("trace={}", CALLS.join(","));
    let options = ["-s", "0", "-o", log.path().to_str().unwrap(), "-e", &calls];
    let status = strace::run(program, configure, &options);
    assert!(
        status.success(),
        "{} ended with {status}",
        program.display()
    );
    let mut counted = HashMap::new();
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
