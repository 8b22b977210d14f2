//! `rotate-key`: a new key through both phases, while a real controller reconciles.

use std::path::PathBuf;

use http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::flux::Flux;
use tests::objects::objects;
use tests::wait::eventually;

const APPS: &str = "\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: NAMESPACE}
spec:
  interval: 1h
  path: ./gitops/apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
";
const REDIS: &str = "gitops/apps/redis/secret.enc.yaml";

/// A bootstrapped tree in a namespace of the shared server, where no controller is at work: what it would say is
/// written by the test.
struct Desk {
    plane: &'static ControlPlane,
    namespace: String,
    checkout: Checkout,
    keys: TempDir,
    _config: Kubeconfig,
}

fn keys_of(checkout: &Checkout) -> Vec<String> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let public = text
        .lines()
        .filter_map(|line| line.strip_prefix("# public key: "));
    public.map(str::to_owned).collect()
}

/// Each private key in a file of its own.
fn apart(checkout: &Checkout, folder: &TempDir) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let private = text
        .lines()
        .filter(|line| line.starts_with("AGE-SECRET-KEY-"));
    private
        .enumerate()
        .map(|(index, line)| {
            let path = folder.path().join(format!("{index}.txt"));
            std::fs::write(&path, line).unwrap();
            path
        })
        .collect()
}

impl Desk {
    fn new() -> Desk {
        let plane = ControlPlane::shared();
        plane.define(&[("kustomize.toolkit.fluxcd.io/v1", "Kustomization")]);
        let namespace = plane.namespace("rotate");
        // The rights end at the namespace's own Kustomizations, so that tests do not see each other's.
        let config = Kubeconfig::new().context("infra", plane, &plane.admin());
        let checkout = Checkout::new(&config.path());
        checkout.write(
            "clusters/infra/apps.yaml",
            APPS.replace("NAMESPACE", &namespace),
        );
        checkout.well(&["bootstrap", "-n", &namespace]);
        checkout.well(&["secret", "redis", "gitops/apps/redis/secret"]);
        let desk = Desk {
            plane,
            namespace,
            checkout,
            keys: tempfile::tempdir().unwrap(),
            _config: config,
        };
        desk.reconcile();
        desk
    }

    /// Commits, and says what a controller says that has applied it.
    fn reconcile(&self) {
        self.checkout
            .commit_as_applied("clusters/infra/apps.yaml", self.plane);
    }

    fn secret(&self) -> Value {
        let path = format!("/api/v1/namespaces/{}/secrets/sops-age", self.namespace);
        self.plane.request(&Method::GET, &path, None).unwrap()
    }

    fn in_cluster(&self) -> usize {
        self.secret()["data"]
            .as_object()
            .map_or(0, serde_json::Map::len)
    }

    /// Which of the private keys on this machine open the file, in their order.
    fn open(&self) -> Vec<bool> {
        let keys = apart(&self.checkout, &self.keys);
        keys.iter()
            .map(|key| self.checkout.opens(key, REDIS))
            .collect()
    }
}

#[test]
fn a_key_is_replaced_without_one_reconciliation_that_fails() {
    let plane = ControlPlane::fresh();
    let flux = Flux::start(&plane);
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
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
    let path = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps";
    let status = || plane.request(&Method::GET, path, None).unwrap()["status"].clone();
    let reconciled = |revision: &str| {
        flux.reconcile("apps");
        eventually("the controller", || {
            let status = status();
            assert!(!status.to_string().contains("BuildFailed"), "{status}");
            let is_there = status["lastAppliedRevision"] == revision
                && status["conditions"][0]["status"] == "True";
            is_there.then_some(()).ok_or_else(|| status.to_string())
        });
    };
    let first = checkout.push(&flux);
    plane.apply(&objects(&checkout.read("clusters/infra/apps.yaml")));
    reconciled(&first);
    let secret = "/api/v1/namespaces/cache/secrets/redis-credentials";
    let plain = plane.request(&Method::GET, secret, None).unwrap()["data"].clone();

    let said = checkout.well(&["rotate-key"]);
    assert!(
        said.contains("git add .sops.yaml gitops/apps/redis/secret.enc.yaml"),
        "{said}"
    );
    // Between the Secret and the push: the old files still decrypt.
    reconciled(&first);
    let both = checkout.push(&flux);
    reconciled(&both);
    let said = checkout.well(&["rotate-key"]);
    assert!(
        said.contains("all Kustomizations have reconciled"),
        "{said}"
    );

    let said = checkout.well(&["rotate-key", "--complete"]);
    assert!(
        said.contains("the key stays in the cluster until"),
        "{said}"
    );
    reconciled(&both);
    let waiting = checkout.ours(&["rotate-key", "--complete"]);
    assert_eq!(waiting.status, Some(3), "{waiting:?}");
    let new = checkout.push(&flux);
    reconciled(&new);
    let said = checkout.well(&["rotate-key", "--complete", "--wait"]);
    assert!(
        said.contains("took the key from Secret flux-system/sops-age"),
        "{said}"
    );
    checkout.write(
        "gitops/apps/more.yaml",
        "{apiVersion: v1, kind: Namespace, metadata: {name: more}}\n",
    );
    let last = checkout.push(&flux);
    reconciled(&last);
    let after = plane.request(&Method::GET, secret, None).unwrap()["data"].clone();
    assert_eq!(after, plain);

    // Never one failed reconciliation: the controller keeps a history of its outcomes.
    let status = status();
    let outcomes = status["history"].as_array().unwrap();
    let count = |outcome: &Value| outcome["totalReconciliations"].as_u64().unwrap();
    assert!(outcomes.iter().map(count).sum::<u64>() >= 6, "{status}");
    for outcome in outcomes {
        assert_eq!(
            outcome["lastReconciledStatus"], "ReconciliationSucceeded",
            "{status}"
        );
    }
    // The old key alone opens nothing, and is gone from the cluster.
    let keys = tempfile::tempdir().unwrap();
    let keys = apart(&checkout, &keys);
    assert!(!checkout.opens(&keys[0], REDIS) && checkout.opens(&keys[1], REDIS));
    let public = keys_of(&checkout);
    let rules = checkout.read(".sops.yaml");
    assert!(
        !rules.contains(&public[0]) && rules.contains(&public[1]),
        "{rules}"
    );
    let secret = plane
        .request(
            &Method::GET,
            "/api/v1/namespaces/flux-system/secrets/sops-age",
            None,
        )
        .unwrap();
    assert_eq!(secret["data"].as_object().unwrap().len(), 1, "{secret}");
    assert_eq!(
        checkout.well(&["rotate-key", "--complete"]),
        "nothing is left to do: the last rotation has ended\n"
    );
}

#[test]
fn a_dry_run_changes_nothing() {
    let desk = Desk::new();
    let before = desk.checkout.files();
    let said = desk.checkout.well(&["rotate-key", "--dry-run"]);
    assert!(
        said.contains("would encrypt gitops/apps/redis/secret.enc.yaml for both keys"),
        "{said}"
    );
    assert_eq!(before, desk.checkout.files());
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![true]));
    assert_eq!(
        desk.checkout.ours(&["rotate-key", "--complete"]).status,
        Some(2)
    );
}

#[test]
fn it_is_undone_before_and_after_files_are_for_the_new_key_alone() {
    let desk = Desk::new();
    let before = desk.checkout.read(".sops.yaml");
    desk.checkout.well(&["rotate-key"]);
    assert_eq!((desk.in_cluster(), desk.open()), (2, vec![true, true]));
    desk.checkout.well(&["rotate-key", "--abort"]);
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![true, false]));
    assert_eq!(desk.checkout.read(".sops.yaml"), before);

    desk.checkout.well(&["rotate-key"]);
    desk.reconcile();
    desk.checkout.well(&["rotate-key", "--complete"]);
    assert_eq!(
        (desk.in_cluster(), desk.open()),
        (2, vec![false, false, true])
    );
    // The cluster has reconciled files for the new key alone: it keeps that key until it has others.
    desk.reconcile();
    let said = desk.checkout.well(&["rotate-key", "--abort"]);
    assert!(said.contains("the key stays in the cluster"), "{said}");
    assert_eq!(
        (desk.in_cluster(), desk.open()),
        (2, vec![true, false, false])
    );
    desk.reconcile();
    desk.checkout.well(&["rotate-key", "--abort"]);
    assert_eq!(desk.in_cluster(), 1);
    assert_eq!(desk.checkout.read(".sops.yaml"), before);
}

#[test]
fn files_with_other_recipients_keep_their_data_key_and_are_told() {
    let desk = Desk::new();
    let text = desk.checkout.read(REDIS);
    let pgp = "    pgp:\n        - created_at: \"2026-11-21T09:00:00Z\"\n          enc: |-\n            -----BEGIN PGP MESSAGE-----\n            abc\n            -----END PGP MESSAGE-----\n          fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21\n";
    desk.checkout.write(
        REDIS,
        text.replace("    lastmodified:", &format!("{pgp}    lastmodified:")),
    );
    assert!(desk.checkout.read(REDIS).contains("PGP"));
    desk.reconcile();
    desk.checkout.well(&["rotate-key"]);
    let sealed = |text: &str| {
        text.lines()
            .find(|line| line.contains("redis-password: ENC["))
            .unwrap()
            .to_owned()
    };
    desk.reconcile();
    let said = desk.checkout.ours(&["rotate-key", "--complete"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.stdout.contains(REDIS), "{said:?}");
    desk.reconcile();
    let said = desk.checkout.ours(&["rotate-key", "--complete"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let after = desk.checkout.read(REDIS);
    assert!(after.contains(pgp), "{after}");
    assert_eq!(sealed(&after), sealed(&text));
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![false, true]));
}

#[test]
fn a_leaked_key_has_its_values_listed() {
    let desk = Desk::new();
    desk.checkout.well(&[
        "secret",
        "cloudflare",
        "gitops/old",
        "--generate",
        "api-token",
    ]);
    desk.checkout.commit();
    std::fs::remove_file(desk.checkout.folder().join("gitops/old.enc.yaml")).unwrap();
    desk.reconcile();
    let said = desk
        .checkout
        .well(&["rotate-key", "--emergency", "--dry-run"]);
    for line in [
        "gitops/apps/redis/secret.enc.yaml (Secret cache/redis-credentials)",
        "stringData.redis-password",
        "gitops/old.enc.yaml",
        "stringData.api-token",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn what_cannot_be_written_stops_it_before_anything_is() {
    let desk = Desk::new();
    let path = desk.checkout.folder().join(REDIS);
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let before = desk.checkout.files();
    let refused = desk.checkout.ours(&["rotate-key"]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(refused.stderr.contains("read-only"), "{refused:?}");
    assert_eq!(before, desk.checkout.files());
    assert_eq!((desk.in_cluster(), keys_of(&desk.checkout).len()), (1, 1));
}

#[test]
fn a_key_that_somebody_took_from_the_secret_is_put_back_or_missed() {
    let desk = Desk::new();
    desk.checkout.well(&["rotate-key"]);
    desk.reconcile();
    let path = format!("/api/v1/namespaces/{}/secrets/sops-age", desk.namespace);
    let names: Vec<String> = desk.secret()["data"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let new = names.iter().find(|name| *name != "age.agekey").unwrap();
    desk.plane
        .request(&Method::PATCH, &path, Some(&json!({"data": {new: null}})))
        .unwrap();
    assert_eq!(desk.in_cluster(), 1);
    desk.checkout.well(&["rotate-key", "--complete"]);
    assert_eq!(desk.in_cluster(), 2);
    desk.reconcile();
    desk.checkout.well(&["rotate-key", "--complete"]);
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![false, true]));
}

#[test]
fn a_user_who_may_not_write_secrets_changes_no_file() {
    let desk = Desk::new();
    let user = desk.plane.new_user();
    desk.plane.grant(&user, &json!([
        {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]},
        {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]},
        {"apiGroups": ["kustomize.toolkit.fluxcd.io"], "resources": ["kustomizations"], "verbs": ["list"]},
    ]));
    let config = Kubeconfig::new().context("infra", desk.plane, &user);
    let before = desk.checkout.files();
    let kubeconfig = config.path();
    let refused = desk
        .checkout
        .ours(&["rotate-key", "--kubeconfig", kubeconfig.to_str().unwrap()]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(
        refused.stderr.contains("cannot apply Secret"),
        "{refused:?}"
    );
    assert_eq!(before, desk.checkout.files());
    // With the rights it goes on where it stopped, with the key that it made.
    desk.checkout.well(&["rotate-key"]);
    assert_eq!((desk.in_cluster(), desk.open()), (2, vec![true, true]));
}
