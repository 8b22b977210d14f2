//! A working tree, and what a cluster has for it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shared::age::Identity;
use tempfile::TempDir;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::flux;
use tests::program::{Outcome, command, outcome};

pub(super) const KUSTOMIZE: &str = "kustomize.toolkit.fluxcd.io/v1";

/// A tree and a cluster that was made wrong in every way that the checks know.
pub(super) struct Desk {
    tree: TempDir,
    pub(super) plane: ControlPlane,
    pub(super) keys: Vec<Identity>,
}

impl Desk {
    pub(super) fn new() -> Desk {
        let desk = Desk {
            tree: tempfile::tempdir().unwrap(),
            plane: ControlPlane::fresh(),
            keys: (0..4).map(|_| Identity::generate()).collect(),
        };
        for (folder, key) in [
            ("apps", 0),
            ("broken", 3),
            ("team", 0),
            ("misnamed", 0),
            ("cut", 0),
            ("off", 0),
            ("flag", 1),
        ] {
            desk.file(folder, key);
        }
        let kustomization = |namespace: &str, folder: &str, decryption: Value| {
            let mut object = json!({
                "apiVersion": KUSTOMIZE, "kind": "Kustomization", "metadata": {"name": folder, "namespace": namespace},
                "spec": {"path": format!("./{folder}"), "sourceRef": {"kind": "GitRepository", "name": "infra"}},
            });
            if !decryption.is_null() {
                object["spec"]["decryption"] = decryption;
            }
            object
        };
        let named = json!({"provider": "sops", "secretRef": {"name": "sops-age"}});
        let secret = |namespace: &str, name: &str, data: Value| json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace}, "stringData": data});
        let key = |at: usize| desk.keys[at].text().to_string();
        desk.plane
            .define(&[("source.toolkit.fluxcd.io/v1", "GitRepository")]);
        desk.plane.apply(&[
            kustomization("flux-system", "apps", named.clone()),
            kustomization("flux-system", "broken", named.clone()),
            kustomization("team-a", "team", named.clone()),
            kustomization("team-b", "misnamed", named.clone()),
            kustomization("team-c", "cut", named),
            kustomization("flux-system", "off", Value::Null),
            kustomization("flux-system", "flag", json!({"provider": "sops"})),
            kustomization("flux-system", "elsewhere", Value::Null),
            secret(
                "flux-system",
                "sops-age",
                json!({"age.agekey": key(0), "old.agekey": key(2), "note": "x"}),
            ),
            secret(
                "flux-system",
                "sops-age-keys",
                json!({"identity.agekey": key(1)}),
            ),
            secret("team-b", "sops-age", json!({"age.key": key(0)})),
            secret("team-c", "sops-age", json!({"age.agekey": &key(0)[..40]})),
            flux::deployment(
                "v1.9.3",
                &["--watch-all-namespaces", "--sops-age-secret=sops-age-keys"],
            ),
        ]);
        desk
    }

    /// An encrypted file in a folder of the tree.
    pub(super) fn file(&self, folder: &str, key: usize) {
        let path = self.path(folder).join("secret.enc.yaml");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: {folder}\nstringData:\n  password: hunter2\n")).unwrap();
        let recipient = self.keys[key].recipient();
        let path = path.to_str().unwrap();
        let done = outcome(command("flux-sops-age").args([
            "encrypt",
            "-i",
            "--age",
            &recipient,
            "--encrypted-regex",
            "^stringData$",
            path,
        ]));
        assert_eq!(done.status, Some(0), "{}", done.stderr);
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.tree.path().join(name)
    }

    pub(super) fn check(&self, user: &User, arguments: &[&str]) -> Outcome {
        let config = Kubeconfig::new().context("infra", &self.plane, user);
        check(self.tree.path(), &config.path(), arguments)
    }
}

pub(super) fn check(folder: &Path, config: &Path, arguments: &[&str]) -> Outcome {
    let mut command = command("flux-sops-age");
    command
        .current_dir(folder)
        .arg("check")
        .arg("--kubeconfig")
        .arg(config)
        .args(arguments);
    outcome(&mut command)
}

pub(super) fn report(said: &Outcome) -> Value {
    serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{}", said.stderr))
}

/// `LEVEL CHECK OBJECT [<- CAUSE]`, of what clusters have to do with.
pub(super) fn found(report: &Value) -> BTreeSet<String> {
    let name = |object: &Value| {
        let parts = ["kind", "namespace", "name"]
            .iter()
            .filter_map(|part| object[*part].as_str());
        parts.collect::<Vec<_>>().join("/")
    };
    let entries = report["results"].as_array().unwrap().iter();
    let line = |entry: &Value| {
        let because = match &entry["because"] {
            Value::Null => String::new(),
            because => format!(" <- {}", name(because)),
        };
        let text = |field: &str| entry[field].as_str().unwrap().to_owned();
        format!(
            "{} {} {}{because}",
            text("level"),
            text("check"),
            name(&entry["object"])
        )
    };
    entries
        .map(line)
        .filter(|line| line.contains(" cluster/"))
        .collect()
}
