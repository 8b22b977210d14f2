//! A progress bar, where a person waits for longer than a second.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::interrupt::{self, Undo};

/// How long a person waits without being told.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how much of the work is done, which calls what it is given for each part.
pub(super) fn during<T>(total: usize, work: impl FnOnce(&(dyn Fn() + Sync)) -> T) -> T {
    if !io::stderr().is_terminal() {
        return work(&|| {});
    }
    let shown = Mutex::new(Shown::new(total));
    work(&|| shown.lock().unwrap_or_else(PoisonError::into_inner).count())
}

/// How much is done, and the bar that shows it.
struct Shown {
    total: usize,
    done: u64,
    start: Instant,
    bar: Option<(ProgressBar, Undo)>,
}

impl Shown {
    fn new(total: usize) -> Self {
        Self {
            total,
            done: 0,
            start: Instant::now(),
            bar: None,
        }
    }

    fn count(&mut self) {
        self.done += 1;
        if self.bar.is_none() && self.start.elapsed() > PATIENCE {
            self.bar = bar(self.total as u64);
        }
        if let Some((bar, _)) = &self.bar {
            bar.set_position(self.done);
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some((bar, _)) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A bar, which a signal takes away, too.
fn bar(total: u64) -> Option<(ProgressBar, Undo)> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files").ok()?;
    let bar = ProgressBar::new(total).with_style(style);
    let undo = interrupt::undo({
        let bar = bar.clone();
        move || bar.finish_and_clear()
    });
    Some((bar, undo))
}
