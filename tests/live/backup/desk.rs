//! A server with keys of all kinds, and files that they open.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use http::Method;
use serde_json::{Value, json};
use shared::age::Identity;
use tempfile::TempDir;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::program::{Outcome, command, outcome};
use tests::terminal::{PRINTED, TOLD, at_a_terminal};

pub(super) const SOPS_AGE: &str = "/api/v1/namespaces/flux-system/secrets/sops-age";
pub(super) const SPARE: &str = "/api/v1/namespaces/team/secrets/spare";
pub(super) const SEALING: &str = "/api/v1/namespaces/sealed-secrets/secrets/sealed-secrets-key7x";

/// A folder with files that the keys open, and who may open a backup.
pub(super) struct Desk {
    pub(super) folder: TempDir,
    pub(super) cluster: Identity,
    pub(super) spare: Identity,
    pub(super) keeper: Identity,
}

impl Desk {
    pub(super) fn new() -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
            cluster: Identity::generate(),
            spare: Identity::generate(),
            keeper: Identity::generate(),
        };
        desk.write("keeper.txt", &desk.keeper.text());
        desk
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs our program in the folder at a terminal of its own, where lines are typed.
    pub(super) fn asked(&self, plane: &ControlPlane, arguments: &[&str], typed: &str) -> Outcome {
        let config = Kubeconfig::new().context("infra", plane, &plane.admin());
        let path = config.path();
        let flags = ["--kubeconfig", path.to_str().unwrap()];
        self.write("typed", typed);
        let ours = tests::program::path("flux-sops-age");
        let mut script = at_a_terminal(&ours, &[arguments, &flags].concat());
        script
            .current_dir(self.folder.path())
            .env("HOME", "/nonexistent")
            .env_remove("SOPS_AGE_KEY_FILE")
            .stdin(File::open(self.path("typed")).unwrap());
        let screen = outcome(&mut script);
        Outcome {
            status: screen.status,
            stdout: self.read(PRINTED),
            stderr: self.read(TOLD),
        }
    }

    /// Runs our program in the folder; the passphrase file is open as descriptor 3.
    pub(super) fn ours(&self, plane: &ControlPlane, user: &User, arguments: &[&str]) -> Outcome {
        let config = Kubeconfig::new().context("infra", plane, user);
        self.write("passphrase", "correct horse\n");
        let ours = command("flux-sops-age");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "exec \"$0\" \"$@\" 3<passphrase"])
            .arg(ours.get_program())
            .args(arguments)
            .arg("--kubeconfig")
            .arg(config.path())
            .current_dir(self.folder.path())
            .env("HOME", "/nonexistent")
            .env("SOPS_AGE_KEY_FILE", self.path("keeper.txt"))
            .stdin(Stdio::null());
        let said = outcome(&mut shell);
        let all = said.stdout.clone() + &said.stderr;
        for key in [&self.cluster, &self.spare, &self.keeper] {
            assert!(!all.contains(&key.text()[..40]), "{all}");
        }
        assert!(
            !all.contains("PRIVATE KEY") && !all.contains("correct horse"),
            "{all}"
        );
        said
    }

    /// A file that a key opens.
    pub(super) fn sealed(&self, name: &str, key: &Identity) {
        self.write(name, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis\nstringData:\n  password: hunter2\n");
        let path = self.path(name);
        let mut encrypt = command("flux-sops-age");
        encrypt.args([
            "encrypt",
            "-i",
            "--age",
            &key.recipient(),
            "--encrypted-regex",
            "^stringData$",
        ]);
        let done = outcome(encrypt.arg(path));
        assert_eq!(done.status, Some(0), "{}", done.stderr);
    }

    /// A cluster with a key that a Kustomization names, one that nobody names, and a sealing key.
    pub(super) fn populated(&self) -> ControlPlane {
        let plane = ControlPlane::fresh();
        let secret = |namespace: &str, name: &str, entry: &str, key: &Identity| {
            json!({
                "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace},
                "stringData": {entry: key.text().as_str()},
            })
        };
        plane.apply(&[
            json!({
                "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                "metadata": {"name": "apps", "namespace": "flux-system"},
                "spec": {"path": "./apps", "decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}}},
            }),
            secret("flux-system", "sops-age", "age.agekey", &self.cluster),
            secret("team", "spare", "spare.agekey", &self.spare),
            secret("team", "unrelated", "password", &self.spare),
            self.sealing_key(),
        ]);
        plane
    }
}

pub(super) fn data(plane: &ControlPlane, path: &str) -> Option<Value> {
    plane
        .request(&Method::GET, path, None)
        .ok()
        .map(|secret| secret["data"].clone())
}
