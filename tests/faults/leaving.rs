//! A key that is to leave a cluster, which does not tell all that needs it: it stays.

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
const DEPLOYMENT: [&str; 4] = ["apps", "v1", "Deployment", "deployments"];

/// A tree that is encrypted for the new key alone, and the cluster's two keys.
struct Desk {
    old: Identity,
    new: Identity,
    checkout: Checkout,
    folder: TempDir,
}

/// What the server says of who decrypts.
#[derive(Clone)]
struct Says {
    /// The Kustomization's `decryption`.
    decryption: Value,
    /// The commit that it applied.
    applied: String,
    kustomizations_again: Option<Answer>,
    deployments: Answer,
}

impl Desk {
    fn new() -> Self {
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

    fn keys(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("keys.txt")).unwrap()
    }

    fn keep(&self, keys: &[&Identity]) {
        let lines = keys.iter().map(|key| key.text().to_string() + "\n");
        let text: String = lines.collect();
        std::fs::write(self.folder.path().join("keys.txt"), text).unwrap();
    }

    fn rule(&self, key: &Identity) {
        let rule = format!(
            "creation_rules:\n  - path_regex: \\.enc\\.\n    age: {}\n",
            key.recipient()
        );
        self.checkout.write(".sops.yaml", rule);
    }

    /// A file, encrypted for the old key, in the base64 of a Secret's data.
    fn write_coded(&self) {
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

    fn says(&self) -> Says {
        Says {
            decryption: json!({"provider": "sops", "secretRef": {"name": "sops-age"}}),
            applied: self.checkout.commit(),
            kustomizations_again: None,
            deployments: list("apps/v1", "DeploymentList", &json!([])),
        }
    }

    /// Runs the second phase; tells also whether the key was taken from the Secret.
    fn complete(&self, says: Says) -> (Outcome, bool) {
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
            let more = discovery(path, DEPLOYMENT, "Current");
            all["items"]
                .as_array_mut()
                .unwrap()
                .push(more["items"][0].clone());
            Answer::json(&all)
        }
        "/api/v1/namespaces/flux-system/secrets/sops-age" => Answer::json(secret),
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

#[test]
fn a_key_leaves_where_all_is_told_and_is_kept_here_before() {
    let desk = Desk::new();
    desk.keep(&[&desk.new]);
    let (said, is_taken) = desk.complete(desk.says());
    assert!(said.stdout.contains("took the key from Secret"), "{said:?}");
    assert!(is_taken && said.status == Some(0), "{said:?}");
    assert!(desk.keys().contains(&*desk.old.text()), "{said:?}");
    assert!(!format!("{said:?}").contains(&*desk.old.text()));
}

#[test]
fn kustomizations_that_cannot_be_listed_again_may_need_it() {
    let desk = Desk::new();
    for again in [
        Answer::error(403, "no"),
        Answer::error(500, "etcd is gone"),
        Answer::error(504, "too slow"),
    ] {
        let (said, is_taken) = desk.complete(Says {
            kustomizations_again: Some(again),
            ..desk.says()
        });
        assert!(!is_taken && said.status == Some(3), "{said:?}");
        assert!(said.stderr.contains("cannot see who decrypts"), "{said:?}");
    }
}

#[test]
fn a_kustomization_whose_secret_is_not_known_may_need_it() {
    let desk = Desk::new();
    let applied = desk.says().applied;
    let by_flag = json!({"provider": "sops"});
    let (said, is_taken) = desk.complete(Says {
        decryption: by_flag.clone(),
        deployments: Answer::error(403, "no"),
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(said.stderr.contains("cannot see who decrypts"), "{said:?}");

    // Nobody says by what it decrypts, and what it applied needs the old key.
    desk.rule(&desk.old);
    desk.checkout.write("b.enc.yaml", "a: 1\n");
    desk.checkout.well(&["encrypt", "-i", "b.enc.yaml"]);
    desk.rule(&desk.new);
    let needs = desk.checkout.commit();
    assert_ne!(needs, applied);
    std::fs::remove_file(desk.checkout.folder().join("b.enc.yaml")).unwrap();
    let (said, is_taken) = desk.complete(Says {
        decryption: by_flag,
        applied: needs,
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(
        said.stdout.contains("its b.enc.yaml is encrypted for"),
        "{said:?}"
    );
}

#[test]
fn an_encrypted_file_in_base64_needs_it() {
    let desk = Desk::new();
    desk.write_coded();
    let says = desk.says();
    let (said, is_taken) = desk.complete(says.clone());
    assert!(!is_taken && said.status == Some(1), "{said:?}");
    assert!(
        said.stderr
            .contains("coded.yaml: data.c.env is an encrypted file in base64"),
        "{said:?}"
    );

    std::fs::remove_file(desk.checkout.folder().join("coded.yaml")).unwrap();
    let (said, is_taken) = desk.complete(Says {
        applied: says.applied,
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(said.stdout.contains("its coded.yaml has"), "{said:?}");
    let (said, is_taken) = desk.complete(desk.says());
    assert!(is_taken && said.status == Some(0), "{said:?}");
}
