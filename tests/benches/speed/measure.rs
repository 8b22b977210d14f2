//! Time and memory of programs.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// The most memory that it held at once, in bytes.
    pub(crate) memory: u64,
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Measured {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let (memory, ended) = (AtomicU64::new(0), AtomicBool::new(false));
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let id = child.id();
    let seconds = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                memory.fetch_max(peak(id), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        child.wait().unwrap();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        seconds
    });
    Measured {
        seconds,
        memory: memory.into_inner(),
    }
}

/// The most memory that a process has held so far.
fn peak(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// The medians of two that take turns, so that both find the machine alike.
pub(crate) fn compare(
    runs: usize,
    mut one: impl FnMut() -> Measured,
    mut other: impl FnMut() -> Measured,
) -> (Measured, Measured) {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        ones.push(one());
        others.push(other());
    }
    (middle(ones), middle(others))
}

/// The median of the time, and the most of the memory.
fn middle(mut all: Vec<Measured>) -> Measured {
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let memory = all.iter().map(|one| one.memory).max().unwrap_or_default();
    Measured {
        memory,
        ..all[all.len() / 2]
    }
}
