//! A server that a test starts, and that no way of ending the test leaves behind.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::parts::part;

/// Becomes the program `$@`, but first leaves a watcher, which kills it once our end of stdin is closed.
/// The system closes it however we end, be it by `SIGKILL` or by `exit`, where nothing is dropped.
const GUARD: &str = r#"
exec 3<&0 </dev/null
(cat <&3 >/dev/null; kill -9 $$) >/dev/null 2>&1 &
exec 3<&- "$@"
"#;

/// A running server. It is killed when this is dropped, and at the latest when the test process ends.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts the part `program`; what it prints goes to `program.log` in `folder`.
    pub fn start(program: &str, arguments: &[String], folder: &Path) -> Process {
        Process::start_with(program, arguments, &[], folder)
    }

    /// As [`Process::start`], with environment variables.
    pub fn start_with(
        program: &str,
        arguments: &[String],
        environment: &[(&str, &str)],
        folder: &Path,
    ) -> Process {
        let log = folder.join(format!("{program}.log"));
        let output = File::create(&log).unwrap();
        let child = Command::new("sh")
            .args(["-c", GUARD, program])
            .arg(part(program))
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            // Out of reach of the Ctrl-C that ends us: the watcher must outlive it.
            .process_group(0)
            .spawn()
            .unwrap();
        Process { child, log }
    }

    /// Fails with the end of its log when the server has ended by itself.
    pub fn check(&mut self) -> Result<(), String> {
        match self.child.try_wait().unwrap() {
            None => Ok(()),
            Some(status) => Err(format!("{status}\n{}", self.log_tail())),
        }
    }

    /// The last lines that the server printed.
    pub fn log_tail(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A server that has ended already is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder for servers, removed once the test process has ended and they with it.
///
/// A destructor would do for a test's own folder, but a `static` is never dropped.
#[expect(clippy::zombie_processes, reason = "the remover outlives us")]
pub fn folder(stem: &str) -> PathBuf {
    let folder = tempfile::Builder::new()
        .prefix(stem)
        .tempdir()
        .unwrap()
        .keep();
    let mut remover = Command::new("sh")
        .args([
            "-c",
            "cat; for i in 1 2 3 4 5; do rm -rf \"$1\" && break; sleep 1; done",
        ])
        .arg("remover")
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    // The pipe must stay open as long as we live: `forget` is how a handle outlives its scope.
    std::mem::forget(remover.stdin.take());
    folder
}

/// Writes a file that only its owner may read.
pub fn write_private(path: &Path, text: &str) {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .unwrap();
}

/// A port of the loopback address that nothing listens on at this moment.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
