//! A program that watches, and what it has said so far.

use std::fs::{self, File};
use std::process::{Child, Command};

use tempfile::TempDir;
use tests::control_plane::Kubeconfig;
use tests::program::command;
use tests::wait::eventually;

/// `status ARGUMENTS -w`, and what it says.
pub(super) struct Watching {
    child: Child,
    folder: TempDir,
}

impl Watching {
    pub(super) fn start(config: &Kubeconfig, arguments: &[&str]) -> Watching {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| File::create(folder.path().join(name)).unwrap();
        let child = command("kubectl-platform")
            .arg("status")
            .args(arguments)
            .arg("-w")
            .arg("--kubeconfig")
            .arg(config.path())
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn()
            .unwrap();
        Watching { child, folder }
    }

    pub(super) fn said(&self, stream: &str) -> String {
        fs::read_to_string(self.folder.path().join(stream)).unwrap()
    }

    /// Waits for as many lines.
    pub(super) fn lines(&self, count: usize) -> Vec<String> {
        eventually("lines", || {
            let said = self.said("stdout");
            let lines: Vec<_> = said.lines().map(str::to_owned).collect();
            match lines.len() {
                enough if enough >= count && said.ends_with('\n') => Ok(lines),
                _ => Err(format!("{said}{}", self.said("stderr"))),
            }
        })
    }

    /// Ends it as Ctrl-C does.
    pub(super) fn interrupt(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // One that has ended already is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
