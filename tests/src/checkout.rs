//! A Git working tree of a platform, and `flux-sops-age` at work in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::control_plane::ControlPlane;
use crate::flux::Flux;
use crate::objects::objects;
use crate::parts::part;
use crate::program::{self, Outcome};

/// A working tree, and the home of whom it belongs to.
pub struct Checkout {
    folder: TempDir,
    home: TempDir,
    kubeconfig: PathBuf,
}

impl Checkout {
    /// An empty Git tree, whose owner reaches clusters by that kubeconfig.
    pub fn new(kubeconfig: &Path) -> Checkout {
        let checkout = Checkout {
            folder: tempfile::tempdir().unwrap(),
            home: tempfile::tempdir().unwrap(),
            kubeconfig: kubeconfig.to_owned(),
        };
        checkout.git(&["init", "--quiet", "--initial-branch=main"]);
        checkout
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where sops keeps private keys.
    pub fn key_file(&self) -> PathBuf {
        self.home.path().join(".config/sops/age/keys.txt")
    }

    /// Writes a file, with the folders that it needs.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// What a file holds.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Runs Git, and returns what it printed.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=tests", "-c", "user.email=tests@almckay.io"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits all there is, and returns the commit.
    pub fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", "as it is"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits all there is and makes it what Flux reads; returns the revision.
    pub fn push(&self, flux: &Flux<'_>) -> String {
        let commit = self.commit();
        flux.publish_commit(&self.files(), Some(&commit))
    }

    /// Commits all there is, and says what a controller says that has applied the Kustomization of a file.
    pub fn commit_as_applied(&self, name: &str, plane: &ControlPlane) {
        let commit = self.commit();
        let mut applied = objects(&self.read(name)).remove(0);
        applied["status"] = json!({
            "observedGeneration": 1,
            "lastAppliedRevision": format!("main@sha1:{commit}"),
            "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded", "message": "", "lastTransitionTime": "2026-11-21T09:00:00Z"}],
        });
        plane.apply(&[applied]);
    }

    /// All files but Git's own.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    if !path.ends_with(".git") {
                        folders.push(path);
                    }
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap();
                    files.push((name.display().to_string(), std::fs::read(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// Prepares a program as the owner would run it in the tree.
    pub fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.home.path())
            .env("KUBECONFIG", &self.kubeconfig)
    }

    /// Runs `flux-sops-age`.
    pub fn ours(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(program::path("flux-sops-age"));
        program::outcome(self.prepare(&mut command).args(arguments))
    }

    /// Runs it and expects that all goes well.
    #[track_caller]
    pub fn well(&self, arguments: &[&str]) -> String {
        let outcome = self.ours(arguments);
        assert_eq!(outcome.status, Some(0), "{arguments:?}: {outcome:?}");
        outcome.stdout
    }

    /// Runs commands as a person would type them, and returns what they printed; any that fails ends the test.
    pub fn shell(&self, commands: &str) -> String {
        let flux = self.home.path().join("flux");
        let script = "#!/bin/sh\n[ \"$1\" = sops-age ] && shift && exec flux-sops-age \"$@\"\n";
        std::fs::write(&flux, script).unwrap();
        let mut rights = std::fs::metadata(&flux).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
        std::fs::set_permissions(&flux, rights).unwrap();
        let built = program::path("flux-sops-age");
        let path = format!(
            "{}:{}:{}",
            self.home.path().display(),
            built.parent().unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let mut command = Command::new("bash");
        self.prepare(&mut command)
            .env("PATH", path)
            .env("GIT_AUTHOR_NAME", "tests")
            .env("GIT_AUTHOR_EMAIL", "tests@almckay.io")
            .env("GIT_COMMITTER_NAME", "tests")
            .env("GIT_COMMITTER_EMAIL", "tests@almckay.io")
            .args(["-euc", commands]);
        let outcome = program::outcome(&mut command);
        assert_eq!(outcome.status, Some(0), "{outcome:?}");
        outcome.stdout + &outcome.stderr
    }

    /// Whether the real sops opens a file with the private keys in a file.
    pub fn opens(&self, keys: &Path, name: &str) -> bool {
        let mut command = Command::new(part("sops"));
        self.prepare(&mut command)
            .env("HOME", "/nonexistent")
            .env("SOPS_AGE_KEY_FILE", keys)
            .args(["decrypt", name]);
        program::outcome(&mut command).status == Some(0)
    }
}
