//! A progress bar, where a person waits for longer than a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::interrupt;

/// How long a person waits without being told.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts what was done until all is.
pub(super) fn show(total: usize, done: &Receiver<()>) {
    if !io::stderr().is_terminal() {
        for () in done {}
        return;
    }
    let start = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    let mut undo = None;
    for (count, ()) in (1..).zip(done) {
        if bar.is_none() && start.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files");
            bar = style
                .ok()
                .map(|style| ProgressBar::new(total as u64).with_style(style));
            undo = bar
                .clone()
                .map(|bar| interrupt::undo(move || bar.finish_and_clear()));
        }
        if let Some(bar) = &bar {
            bar.set_position(count);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    drop(undo);
}
