//! A tree that a real kustomize-controller reconciles.

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::flux::Flux;
use tests::objects::objects;
use tests::wait::eventually;

use super::APPS;

const PATH: &str =
    "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps";

/// A bootstrapped tree that the controller has applied.
pub(super) struct Reconciling<'a> {
    plane: &'a ControlPlane,
    flux: Flux<'a>,
    pub(super) checkout: Checkout,
    _config: Kubeconfig,
}

impl<'a> Reconciling<'a> {
    /// Starts the controller on an empty server.
    pub(super) fn start(plane: &'a ControlPlane) -> Self {
        let flux = Flux::start(plane);
        let config = Kubeconfig::new().context("infra", plane, &plane.admin());
        let checkout = Checkout::new(&config.path());
        checkout.write(
            "clusters/infra/apps.yaml",
            APPS.replace("NAMESPACE", "flux-system"),
        );
        checkout.write(
            "gitops/apps/cache.yaml",
            "{apiVersion: v1, kind: Namespace, metadata: {name: cache}}\n",
        );
        checkout.well(&["bootstrap"]);
        checkout.well(&["secret", "redis", "gitops/apps/redis/secret"]);
        let reconciling = Self {
            plane,
            flux,
            checkout,
            _config: config,
        };
        let first = reconciling.push();
        plane.apply(&objects(
            &reconciling.checkout.read("clusters/infra/apps.yaml"),
        ));
        reconciling.reconciled(&first);
        reconciling
    }

    /// Commits all there is and makes it what the controller reads; returns the revision.
    pub(super) fn push(&self) -> String {
        self.checkout.push(&self.flux)
    }

    /// Waits until a revision is applied, and the controller rests.
    pub(super) fn reconciled(&self, revision: &str) {
        // A source that has changed makes it begin once more: it rests when it has done what it was asked for last.
        let asked = self.flux.reconcile("apps");
        eventually("the controller", || {
            let status = self.status();
            assert!(!status.to_string().contains("BuildFailed"), "{status}");
            let is_there = status["lastAppliedRevision"] == revision
                && status["lastHandledReconcileAt"] == asked.as_str()
                && status["conditions"][0]["status"] == "True";
            is_there.then_some(()).ok_or_else(|| status.to_string())
        });
    }

    /// Commits, pushes, and waits until the controller has applied it.
    pub(super) fn push_and_reconcile(&self) -> String {
        let revision = self.push();
        self.reconciled(&revision);
        revision
    }

    /// Suspends the Kustomization, or resumes it.
    pub(super) fn suspend(&self, suspend: bool) {
        let patch = json!({"spec": {"suspend": suspend}});
        self.plane
            .request(&Method::PATCH, PATH, Some(&patch))
            .unwrap();
    }

    fn status(&self) -> Value {
        self.plane.request(&Method::GET, PATH, None).unwrap()["status"].clone()
    }

    /// The values of a Secret.
    pub(super) fn data(&self, namespace: &str, name: &str) -> Value {
        let path = format!("/api/v1/namespaces/{namespace}/secrets/{name}");
        self.plane.request(&Method::GET, &path, None).unwrap()["data"].clone()
    }

    /// How many keys the cluster has.
    pub(super) fn in_cluster(&self) -> usize {
        let data = self.data("flux-system", "sops-age");
        data.as_object().map_or(0, serde_json::Map::len)
    }

    /// Fails where one reconciliation has failed: the controller keeps a history of its outcomes.
    pub(super) fn never_failed(&self, at_least: u64) {
        let status = self.status();
        let outcomes = status["history"].as_array().unwrap();
        let count = |outcome: &Value| outcome["totalReconciliations"].as_u64().unwrap();
        let all: u64 = outcomes.iter().map(count).sum();
        assert!(all >= at_least, "{status}");
        for outcome in outcomes {
            assert_eq!(
                outcome["lastReconciledStatus"], "ReconciliationSucceeded",
                "{status}"
            );
        }
    }
}
