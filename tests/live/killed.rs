//! `bootstrap` and `rotate-key`, killed before each of their writes: the next run ends well, and nothing is lost.

use std::path::{Path, PathBuf};
use std::process::Command;

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::cut::Cut;
use tests::kill::before_every_write;
use tests::program;

const REDIS: &str = "gitops/apps/redis/secret.enc.yaml";

/// A tree and a namespace that are put back before each run.
struct Stage {
    plane: &'static ControlPlane,
    namespace: String,
    checkout: Checkout,
    _config: Kubeconfig,
}

/// What a stage is put back to.
struct Before {
    files: Vec<(String, Vec<u8>)>,
    keys: Option<Vec<u8>>,
    journal: Option<Vec<u8>>,
    data: Option<Value>,
}

impl Stage {
    fn new() -> Stage {
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

    fn path(&self) -> String {
        format!("/api/v1/namespaces/{}/secrets/sops-age", self.namespace)
    }

    fn data(&self) -> Option<Value> {
        let secret = self.plane.request(&Method::GET, &self.path(), None).ok()?;
        Some(secret["data"].clone())
    }

    fn journal(&self) -> PathBuf {
        self.checkout
            .folder()
            .join(".git/flux-sops-age/rotation.json")
    }

    fn before(&self) -> Before {
        Before {
            files: self.checkout.files(),
            keys: std::fs::read(self.checkout.key_file()).ok(),
            journal: std::fs::read(self.journal()).ok(),
            data: self.data(),
        }
    }

    fn put_back(&self, before: &Before) {
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
    fn reconcile(&self) {
        self.checkout
            .commit_as_applied("clusters/infra/apps.yaml", self.plane);
    }

    /// The private keys on this machine open the file, and so do those of the cluster.
    fn opens(&self) -> bool {
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
    fn kill(&self, arguments: &[&str], resumed: impl Fn()) -> usize {
        let before = self.before();
        before_every_write(
            &program::path("flux-sops-age"),
            |command: &mut Command| {
                self.checkout.prepare(command).args(arguments);
            },
            || self.put_back(&before),
            |point| {
                if before.files.iter().any(|(name, _)| name == REDIS) {
                    assert!(self.opens(), "{point:?}");
                }
                let said = self.checkout.ours(arguments);
                assert_eq!(said.status, Some(0), "{point:?}: {said:?}");
                resumed();
            },
        )
    }
}

fn put(path: &Path, text: Option<&[u8]>) {
    match text {
        Some(text) => std::fs::write(path, text).unwrap(),
        // It may not be there.
        None => drop(std::fs::remove_file(path)),
    }
}

fn public_keys(checkout: &Checkout) -> Vec<String> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let public = text
        .lines()
        .filter_map(|line| line.strip_prefix("# public key: "));
    public.map(str::to_owned).collect()
}

#[test]
fn bootstrap_goes_on_with_the_key_that_it_made() {
    let stage = Stage::new();
    let namespace = stage.namespace.clone();
    let killed = stage.kill(&["bootstrap", "-n", &namespace], || {
        let keys = public_keys(&stage.checkout);
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert!(stage.checkout.read(".sops.yaml").contains(&keys[0]));
        assert_eq!(stage.data().unwrap().as_object().unwrap().len(), 1);
        let apps = stage.checkout.read("clusters/infra/apps.yaml");
        assert_eq!(apps.matches("provider: sops").count(), 1, "{apps}");
    });
    println!("killed {killed} times");
}

#[test]
fn rotate_key_goes_on_in_each_phase_and_back() {
    let stage = Stage::new();
    stage.checkout.well(&["bootstrap", "-n", &stage.namespace]);
    stage
        .checkout
        .well(&["secret", "redis", "gitops/apps/redis/secret"]);
    stage.reconcile();
    let first = stage.before();
    let state = || {
        let data = stage.data().unwrap();
        (
            public_keys(&stage.checkout).len(),
            data.as_object().unwrap().len(),
        )
    };
    let killed = stage.kill(&["rotate-key"], || {
        assert!(stage.opens());
        assert_eq!(state(), (2, 2));
    });
    println!("first phase: killed {killed} times");

    stage.put_back(&first);
    stage.checkout.well(&["rotate-key"]);
    let killed = stage.kill(&["rotate-key", "--abort"], || {
        assert!(stage.opens());
        assert_eq!(state(), (2, 1));
        assert_eq!(public_keys(&stage.checkout)[0].as_str(), recipient(&stage));
    });
    println!("abort: killed {killed} times");

    stage.put_back(&first);
    stage.checkout.well(&["rotate-key"]);
    stage.reconcile();
    let killed = stage.kill(
        &[
            "rotate-key",
            "--complete",
            "--rekeyed-revision",
            &head(&stage),
        ],
        || {
            assert!(stage.opens());
            assert_eq!(state(), (2, 1));
            assert_eq!(public_keys(&stage.checkout)[1].as_str(), recipient(&stage));
        },
    );
    println!("second phase: killed {killed} times");
}

fn head(stage: &Stage) -> String {
    stage.checkout.git(&["rev-parse", "HEAD"])
}

/// The one recipient of the rules.
fn recipient(stage: &Stage) -> String {
    let rules = stage.checkout.read(".sops.yaml");
    let line = rules
        .lines()
        .find_map(|line| line.trim().strip_prefix("age: "));
    line.unwrap().to_owned()
}

/// Runs the verb against a cluster that goes away after one sending, two, and so on, until it ends well; each time
/// the same command goes on once the cluster is back.
fn go_away(stage: &Stage, arguments: &[&str], resumed: impl Fn()) {
    let before = stage.before();
    let plane = stage.plane;
    let mut failed = 0;
    for sendings in 1.. {
        stage.put_back(&before);
        let cut = Cut::after(sendings, plane.server());
        let config =
            Kubeconfig::new().context_of("infra", &cut.server, plane.authority(), &plane.admin());
        let path = config.path();
        let through = [arguments, &["--kubeconfig", path.to_str().unwrap()]].concat();
        let said = stage.checkout.ours(&through);
        if said.status == Some(0) {
            break;
        }
        assert!(
            said.stderr.starts_with("error: ") || said.stderr.starts_with("warning: "),
            "{sendings}: {said:?}"
        );
        assert!(!said.stderr.contains("AGE-SECRET-KEY"), "{said:?}");
        failed += 1;
        stage.checkout.well(arguments);
        resumed();
    }
    assert!(failed > 3, "the cluster went away {failed} times");
}

#[test]
fn bootstrap_bears_a_cluster_that_goes_away() {
    let stage = Stage::new();
    let namespace = stage.namespace.clone();
    go_away(&stage, &["bootstrap", "-n", &namespace], || {
        assert_eq!(public_keys(&stage.checkout).len(), 1);
        assert_eq!(stage.data().unwrap().as_object().unwrap().len(), 1);
    });
}

#[test]
fn rotate_key_bears_a_cluster_that_goes_away() {
    let stage = Stage::new();
    stage.checkout.well(&["bootstrap", "-n", &stage.namespace]);
    stage
        .checkout
        .well(&["secret", "redis", "gitops/apps/redis/secret"]);
    stage.reconcile();
    go_away(&stage, &["rotate-key"], || {
        assert!(stage.opens());
        assert_eq!(public_keys(&stage.checkout).len(), 2);
    });
}
