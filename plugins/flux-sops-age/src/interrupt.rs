//! What is put right before a signal ends us: a terminal that hides what is typed, a folder of plain text, a bar.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use shared::secret;

/// What is to be put right.
type Mend = Box<dyn FnOnce() + Send>;

static OPEN: Mutex<Vec<(usize, Mend)>> = Mutex::new(Vec::new());

/// Something that a signal would leave behind; dropped once it is put right in the usual way.
pub(crate) struct Undo(usize);

/// Has `mend` done before a signal ends us.
pub(crate) fn undo(mend: impl FnOnce() + Send + 'static) -> Undo {
    heed();
    let mut open = open();
    let number = open.last().map_or(0, |(last, _)| last + 1);
    open.push((number, Box::new(mend)));
    Undo(number)
}

impl Drop for Undo {
    fn drop(&mut self) {
        open().retain(|(number, _)| *number != self.0);
    }
}

fn open() -> MutexGuard<'static, Vec<(usize, Mend)>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a signal wait until no file has another name than its own.
pub(crate) fn heed() {
    static WATCH: Once = Once::new();
    WATCH.call_once(watch);
}

/// The number of the signal that Ctrl-C sends.
const INTERRUPT: i32 = 2;

/// Ends the program as Ctrl-C does.
pub(crate) fn interrupt() -> ! {
    end(INTERRUPT)
}

/// Ends the program with the status by which shells tell a signal, once all is put right, the last first.
fn end(signal: i32) -> ! {
    let mut open = open();
    while let Some((_, mend)) = open.pop() {
        mend();
    }
    secret::end_naming();
    std::process::exit(128 + signal)
}

#[cfg(unix)]
fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Who was told to ignore one goes on doing so: nohup, and what a shell runs in the background.
    let ignored = ignored();
    let heeded = [SIGHUP, SIGINT, SIGTERM]
        .into_iter()
        .filter(|signal| ignored >> (signal - 1) & 1 == 0);
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(heeded) {
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                end(signal);
            }
        });
    }
}

#[cfg(not(unix))]
fn watch() {}

/// The signals that this process ignores, a bit each from the first; none where the system does not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}
