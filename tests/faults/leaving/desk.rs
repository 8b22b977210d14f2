//! A tree whose key is to leave a cluster, and what the cluster says of who decrypts.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use shared::age::Identity;
use tempfile::TempDir;
use tests::checkout::Checkout;
use tests::mock::{Answer, Mock, discovery};
use tests::program::Outcome;

const KUSTOMIZATION: [&str; 4] = [
    "kustomize.toolkit.fluxcd.io",
    "v1",
    "Kustomization",
    "kustomizations",
];
const SOURCE: [&str; 4] = [
    "source.toolkit.fluxcd.io",
    "v1",
    "GitRepository",
    "gitrepositories",
];
const DEPLOYMENT: [&str; 4] = ["apps", "v1", "Deployment", "deployments"];

/// A tree that is encrypted for the new key alone, and the cluster's two keys.
pub(super) struct Desk {
    pub(super) old: Identity,
    pub(super) new: Identity,
    pub(super) checkout: Checkout,
    pub(super) folder: TempDir,
}

/// What the server says of who decrypts.
#[derive(Clone)]
pub(super) struct Says {
    /// The Kustomization's `decryption`.
    pub(super) decryption: Value,
    /// The commit that it applied.
    pub(super) applied: String,
    pub(super) kustomizations_again: Option<Answer>,
    pub(super) deployments: Answer,
    /// The `spec` of the source.
    pub(super) source: Value,
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let checkout = Checkout::new(&folder.path().join("config"));
        let [old, new] = [Identity::generate(), Identity::generate()];
        let desk = Desk {
            old,
            new,
            checkout,
            folder,
        };
        desk.keep(&[&desk.old, &desk.new]);
        desk.rule(&desk.new);
        desk.checkout.write("a.enc.yaml", "a: 1\n");
        desk.checkout.well(&["encrypt", "-i", "a.enc.yaml"]);
        desk
    }

    pub(super) fn keys(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("keys.txt")).unwrap()
    }

    pub(super) fn keep(&self, keys: &[&Identity]) {
        let lines = keys.iter().map(|key| key.text().to_string() + "\n");
        let text: String = lines.collect();
        std::fs::write(self.folder.path().join("keys.txt"), text).unwrap();
    }

    pub(super) fn rule(&self, key: &Identity) {
        let rule = format!(
            "creation_rules:\n  - path_regex: \\.enc\\.\n    age: {}\n",
            key.recipient()
        );
        self.checkout.write(".sops.yaml", rule);
    }

    /// A file, encrypted for the old key, in the base64 of a Secret's data.
    pub(super) fn write_coded(&self) {
        self.rule(&self.old);
        self.checkout.write("c.enc.env", "TOKEN=abc\n");
        let sealed = self.checkout.well(&["encrypt", "c.enc.env"]);
        self.rule(&self.new);
        std::fs::remove_file(self.checkout.folder().join("c.enc.env")).unwrap();
        let coded = BASE64_STANDARD.encode(sealed);
        self.checkout.write(
            "coded.yaml",
            format!(
                "apiVersion: v1\nkind: Secret\nmetadata: {{name: coded}}\ndata:\n  c.env: {coded}\n"
            ),
        );
    }

    pub(super) fn says(&self) -> Says {
        Says {
            decryption: json!({"provider": "sops", "secretRef": {"name": "sops-age"}}),
            applied: self.checkout.commit(),
            kustomizations_again: None,
            deployments: list("apps/v1", "DeploymentList", &json!([])),
            source: json!({"interval": "1m", "url": "https://git.almckay.io/infra"}),
        }
    }

    /// Runs the second phase; tells also whether the key was taken from the Secret.
    pub(super) fn complete(&self, says: Says) -> (Outcome, bool) {
        let both = format!("{}\n{}\n", *self.old.text(), *self.new.text());
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret",
            "metadata": {"name": "sops-age", "namespace": "flux-system", "resourceVersion": "1"},
            "data": {"age.agekey": BASE64_STANDARD.encode(both)},
        });
        let mock = Mock::start(move |asked, before| answer(&says, &secret, &asked.path, before));
        let config = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "infra",
            "clusters": [{"name": "infra", "cluster": {"server": mock.server}}],
            "users": [{"name": "me", "user": {}}],
            "contexts": [{"name": "infra", "context": {"cluster": "infra", "user": "me"}}],
        });
        std::fs::write(self.folder.path().join("config"), config.to_string()).unwrap();
        let keys = self.folder.path().join("keys.txt");
        let said = self.checkout.ours(&[
            "rotate-key",
            "--complete",
            "--old",
            &self.old.recipient(),
            "--new",
            &self.new.recipient(),
            "--key-file",
            keys.to_str().unwrap(),
        ]);
        let is_taken = mock.asked().iter().any(|asked| asked.method == "PATCH");
        (said, is_taken)
    }
}

fn list(version: &str, kind: &str, items: &Value) -> Answer {
    Answer::json(&json!({"apiVersion": version, "kind": kind, "metadata": {}, "items": items}))
}

fn answer(says: &Says, secret: &Value, path: &str, before: usize) -> Answer {
    let kustomization = json!({
        "metadata": {"name": "apps", "namespace": "flux-system", "generation": 1},
        "spec": {"interval": "1m", "path": "./", "prune": true, "decryption": says.decryption,
            "sourceRef": {"kind": "GitRepository", "name": "flux-system"}},
        "status": {"observedGeneration": 1, "lastAppliedRevision": format!("main@sha1:{}", says.applied),
            "conditions": [{"type": "Ready", "status": "True", "reason": "x", "message": ""}]},
    });
    match path {
        "/api" => Answer::json(&discovery(path, KUSTOMIZATION, "Current")),
        "/apis" => {
            let mut all = discovery(path, KUSTOMIZATION, "Current");
            for group in [SOURCE, DEPLOYMENT] {
                let more = discovery(path, group, "Current");
                all["items"]
                    .as_array_mut()
                    .unwrap()
                    .push(more["items"][0].clone());
            }
            Answer::json(&all)
        }
        _ if path.starts_with("/api/v1/namespaces/flux-system/secrets/sops-age") => {
            Answer::json(secret)
        }
        _ if path.contains("/gitrepositories") => list(
            "source.toolkit.fluxcd.io/v1",
            "GitRepositoryList",
            &json!([{"metadata": {"name": "flux-system", "namespace": "flux-system"}, "spec": says.source}]),
        ),
        _ if path.contains("/deployments") => says.deployments.clone(),
        _ if path.contains("/kustomizations") => match &says.kustomizations_again {
            Some(again) if before > 0 => again.clone(),
            _ => list(
                "kustomize.toolkit.fluxcd.io/v1",
                "KustomizationList",
                &json!([kustomization]),
            ),
        },
        _ => Answer::error(404, "not found"),
    }
}
