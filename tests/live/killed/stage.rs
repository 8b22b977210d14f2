//! A tree and a cluster that can be put back to where they were.

use std::path::{Path, PathBuf};
use std::process::Command;

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::kill::before_every_write;
use tests::program;

pub(super) const REDIS: &str = "gitops/apps/redis/secret.enc.yaml";

/// A tree and a namespace that are put back before each run.
pub(super) struct Stage {
    pub(super) plane: &'static ControlPlane,
    pub(super) namespace: String,
    pub(super) checkout: Checkout,
    _config: Kubeconfig,
}

/// What a stage is put back to.
pub(super) struct Before {
    files: Vec<(String, Vec<u8>)>,
    keys: Option<Vec<u8>>,
    journal: Option<Vec<u8>>,
    data: Option<Value>,
}

impl Stage {
    pub(super) fn new() -> Stage {
        let plane = ControlPlane::shared();
        plane.define(&[("kustomize.toolkit.fluxcd.io/v1", "Kustomization")]);
        let namespace = plane.namespace("killed");
        let config = Kubeconfig::new().context("infra", plane, &plane.admin());
        let checkout = Checkout::new(&config.path());
        checkout.write(
            "clusters/infra/apps.yaml",
            format!("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\n  namespace: {namespace}\nspec:\n  path: ./gitops/apps # all\n"),
        );
        Stage {
            plane,
            namespace,
            checkout,
            _config: config,
        }
    }

    pub(super) fn path(&self) -> String {
        format!("/api/v1/namespaces/{}/secrets/sops-age", self.namespace)
    }

    pub(super) fn data(&self) -> Option<Value> {
        let secret = self.plane.request(&Method::GET, &self.path(), None).ok()?;
        Some(secret["data"].clone())
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.checkout
            .folder()
            .join(".git/flux-sops-age/rotation.json")
    }

    pub(super) fn before(&self) -> Before {
        Before {
            files: self.checkout.files(),
            keys: std::fs::read(self.checkout.key_file()).ok(),
            journal: std::fs::read(self.journal()).ok(),
            data: self.data(),
        }
    }

    pub(super) fn put_back(&self, before: &Before) {
        for (name, _) in self.checkout.files() {
            std::fs::remove_file(self.checkout.folder().join(name)).unwrap();
        }
        for (name, text) in &before.files {
            self.checkout.write(name, text);
        }
        put(&self.checkout.key_file(), before.keys.as_deref());
        put(&self.journal(), before.journal.as_deref());
        // There may be none.
        let _ = self.plane.request(&Method::DELETE, &self.path(), None);
        if let Some(data) = &before.data {
            self.plane.apply(&[json!({
                "apiVersion": "v1", "kind": "Secret", "data": data,
                "metadata": {"name": "sops-age", "namespace": self.namespace},
            })]);
        }
    }

    /// Commits, and says what a controller says that has applied it.
    pub(super) fn reconcile(&self) {
        self.checkout
            .commit_as_applied("clusters/infra/apps.yaml", self.plane);
    }

    /// The private keys on this machine open the file, and so do those of the cluster.
    pub(super) fn opens(&self) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let of_cluster = folder.path().join("keys.txt");
        let data = self.data().unwrap_or_default();
        let values = data.as_object().into_iter().flat_map(|data| data.values());
        let text: Vec<String> = values
            .map(|value| {
                let bytes: k8s_openapi::ByteString = serde_json::from_value(value.clone()).unwrap();
                String::from_utf8(bytes.0).unwrap()
            })
            .collect();
        std::fs::write(&of_cluster, text.concat()).unwrap();
        self.checkout.opens(&of_cluster, REDIS)
            && self.checkout.opens(&self.checkout.key_file(), REDIS)
    }

    /// Kills the verb before each write; each time files are whole, and the next run ends as one that was left alone.
    pub(super) fn kill(&self, arguments: &[&str], resumed: impl Fn()) -> usize {
        let before = self.before();
        let ours = program::released("flux-sops-age");
        before_every_write(
            &ours,
            |command: &mut Command| {
                self.checkout.prepare(command).args(arguments);
            },
            || self.put_back(&before),
            |point| {
                if before.files.iter().any(|(name, _)| name == REDIS) {
                    assert!(self.opens(), "{point:?}");
                }
                let mut again = Command::new(&ours);
                let said = program::outcome(self.checkout.prepare(&mut again).args(arguments));
                assert_eq!(said.status, Some(0), "{point:?}: {said:?}");
                resumed();
            },
        )
    }
}

pub(super) fn put(path: &Path, text: Option<&[u8]>) {
    match text {
        Some(text) => std::fs::write(path, text).unwrap(),
        // It may not be there.
        None => drop(std::fs::remove_file(path)),
    }
}

pub(super) fn public_keys(checkout: &Checkout) -> Vec<String> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let public = text
        .lines()
        .filter_map(|line| line.strip_prefix("# public key: "));
    public.map(str::to_owned).collect()
}
