//! A tree that is rotated where no controller is at work: what one would say is written by the test.

use http::Method;
use serde_json::Value;
use tempfile::TempDir;
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::Outcome;

use super::{APPS, REDIS, keys};

/// A bootstrapped tree in a namespace of one server, or of several that share its key.
pub(super) struct Desk<'a> {
    planes: Vec<&'a ControlPlane>,
    pub(super) namespace: String,
    pub(super) checkout: Checkout,
    keys: TempDir,
    _config: Kubeconfig,
}

impl Desk<'static> {
    /// One on the server that tests share.
    pub(super) fn new() -> Self {
        Desk::of(&[("infra", ControlPlane::shared())])
    }
}

impl<'a> Desk<'a> {
    /// One on servers that are known by names of contexts.
    pub(super) fn of(named: &[(&str, &'a ControlPlane)]) -> Self {
        let planes: Vec<&ControlPlane> = named.iter().map(|(_, plane)| *plane).collect();
        let namespace = planes[0].namespace("rotate");
        let mut config = Kubeconfig::new();
        for (name, plane) in named {
            plane.define(&[("kustomize.toolkit.fluxcd.io/v1", "Kustomization")]);
            plane.apply(&[serde_json::json!(
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}
            )]);
            config = config.context(name, plane, &plane.admin());
        }
        let checkout = Checkout::new(&config.path());
        checkout.write(
            "clusters/infra/apps.yaml",
            APPS.replace("NAMESPACE", &namespace),
        );
        let all: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let all = all.join(",");
        checkout.well(&["bootstrap", "-n", &namespace, "--context", &all]);
        checkout.well(&["secret", "redis", "gitops/apps/redis/secret"]);
        let desk = Desk {
            planes,
            namespace,
            checkout,
            keys: tempfile::tempdir().unwrap(),
            _config: config,
        };
        desk.reconcile();
        desk
    }

    /// Runs `rotate-key`.
    pub(super) fn rotate(&self, arguments: &[&str]) -> Outcome {
        self.checkout.ours(&[&["rotate-key"], arguments].concat())
    }

    /// Runs it and expects that all goes well.
    #[track_caller]
    pub(super) fn well(&self, arguments: &[&str]) -> String {
        self.checkout.well(&[&["rotate-key"], arguments].concat())
    }

    /// Commits, and says what controllers say that have applied it.
    pub(super) fn reconcile(&self) {
        for plane in &self.planes {
            self.reconcile_on(plane);
        }
    }

    /// The same, on one server alone.
    pub(super) fn reconcile_on(&self, plane: &ControlPlane) {
        self.checkout
            .commit_as_applied("clusters/infra/apps.yaml", plane);
    }

    /// The Secret's path.
    pub(super) fn path(&self) -> String {
        format!("/api/v1/namespaces/{}/secrets/sops-age", self.namespace)
    }

    /// The Secret of the first server.
    pub(super) fn secret(&self) -> Value {
        self.secret_on(self.planes[0])
    }

    fn secret_on(&self, plane: &ControlPlane) -> Value {
        plane.request(&Method::GET, &self.path(), None).unwrap()
    }

    /// How many keys the first server has.
    pub(super) fn in_cluster(&self) -> usize {
        self.in_clusters()[0]
    }

    /// How many keys each server has.
    pub(super) fn in_clusters(&self) -> Vec<usize> {
        let data = self
            .planes
            .iter()
            .map(|plane| self.secret_on(plane)["data"].clone());
        data.map(|data| data.as_object().map_or(0, serde_json::Map::len))
            .collect()
    }

    /// Which of the private keys on this machine open the file, in their order.
    pub(super) fn open(&self) -> Vec<bool> {
        let keys = keys::apart(&self.checkout, &self.keys);
        keys.iter()
            .map(|key| self.checkout.opens(key, REDIS))
            .collect()
    }
}
