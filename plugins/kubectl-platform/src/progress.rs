//! Says on a terminal what takes long, and takes it back when it is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes less is over before anyone could read of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error that shows something is going on; nothing where that is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    is_over: Arc<AtomicBool>,
}

impl Progress {
    /// Begins to show `doing`, once it takes long.
    pub(crate) fn start(doing: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.set_message(doing.to_owned());
        let is_over = Arc::new(AtomicBool::new(false));
        let (shown, over) = (bar.clone(), is_over.clone());
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            if !over.load(Ordering::Relaxed) {
                // Draws nothing where standard error is no terminal.
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(120));
            }
        });
        Self { bar, is_over }
    }

    /// Says what is going on now.
    pub(crate) fn say(&self, doing: &str) {
        self.bar.set_message(doing.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.bar.finish_and_clear();
    }
}
