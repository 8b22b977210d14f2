//! Removes a folder when we end, however that happens: the system closes our end of a pipe even where a signal
//! that nobody can catch ends us, and a watcher on its other end does the rest.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Waits for the end of its input, and removes the folder that it is given.
const WATCH: &str = "cat >/dev/null; rm -rf -- \"$1\"";

/// A watcher; dropping it ends its watch.
pub(super) struct Guard(Option<Child>);

impl Guard {
    /// Starts to watch. Where there is no shell, nobody watches.
    pub(super) fn over(folder: &Path) -> Self {
        let mut watcher = Command::new("/bin/sh");
        watcher
            .args(["-c", WATCH, "flux-sops-age-guard"])
            .arg(folder)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Out of reach of the Ctrl-C that ends us.
        std::os::unix::process::CommandExt::process_group(&mut watcher, 0);
        Self(watcher.spawn().ok())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(mut watcher) = self.0.take() {
            drop(watcher.stdin.take());
            // That it has ended is all that matters.
            let _ = watcher.wait();
        }
    }
}
