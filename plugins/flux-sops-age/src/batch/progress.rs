//! A progress bar, where a person waits for longer than a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::interrupt;

/// How long a person waits without being told.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how much of the work is done, which calls what it is given for each part.
pub(super) fn during(total: usize, work: impl FnOnce(&(dyn Fn() + Sync))) {
    let (sender, done) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || show(total, &done));
        // Nobody listens once the bar is gone.
        work(&move || {
            let _ = sender.send(());
        });
    });
}

/// Counts what was done until all is.
fn show(total: usize, done: &Receiver<()>) {
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
