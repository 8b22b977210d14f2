//! `flux sops-age check` between a working tree and a real API server.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shared::age::Identity;
use tempfile::TempDir;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::program::{Outcome, command, outcome};

const KUSTOMIZE: &str = "kustomize.toolkit.fluxcd.io/v1";

/// A tree and a cluster that was made wrong in every way that the checks know.
struct Desk {
    tree: TempDir,
    plane: ControlPlane,
    keys: Vec<Identity>,
}

impl Desk {
    fn new() -> Desk {
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
            secret("flux-system", "sops-age", json!({"age.agekey": key(0), "old.agekey": key(2), "note": "x"})),
            secret("flux-system", "sops-age-keys", json!({"identity.agekey": key(1)})),
            secret("team-b", "sops-age", json!({"age.key": key(0)})),
            secret("team-c", "sops-age", json!({"age.agekey": &key(0)[..40]})),
            json!({
                "apiVersion": "apps/v1", "kind": "Deployment",
                "metadata": {"name": "kustomize-controller", "namespace": "flux-system"},
                "spec": {
                    "selector": {"matchLabels": {"app": "kustomize-controller"}},
                    "template": {
                        "metadata": {"labels": {"app": "kustomize-controller"}},
                        "spec": {"containers": [{
                            "name": "manager", "image": "ghcr.io/fluxcd/kustomize-controller:v1.9.3",
                            "args": ["--watch-all-namespaces", "--sops-age-secret=sops-age-keys"],
                        }]},
                    },
                },
            }),
        ]);
        desk
    }

    /// An encrypted file in a folder of the tree.
    fn file(&self, folder: &str, key: usize) {
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

    fn path(&self, name: &str) -> PathBuf {
        self.tree.path().join(name)
    }

    fn check(&self, user: &User, arguments: &[&str]) -> Outcome {
        let config = Kubeconfig::new().context("infra", &self.plane, user);
        check(self.tree.path(), &config.path(), arguments)
    }
}

fn check(folder: &Path, config: &Path, arguments: &[&str]) -> Outcome {
    let mut command = command("flux-sops-age");
    command
        .current_dir(folder)
        .arg("check")
        .arg("--kubeconfig")
        .arg(config)
        .args(arguments);
    outcome(&mut command)
}

fn report(said: &Outcome) -> Value {
    serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{}", said.stderr))
}

/// `LEVEL CHECK OBJECT [<- CAUSE]`, of what clusters have to do with.
fn found(report: &Value) -> BTreeSet<String> {
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

#[test]
fn files_and_the_keys_of_the_cluster_are_laid_side_by_side() {
    let desk = Desk::new();
    let said = desk.check(&desk.plane.admin(), &["-o", "json"]);
    assert_eq!(said.status, Some(1), "{said:?}");
    let report = report(&said);
    let expected = [
        "error cluster/decryption-missing Kustomization/flux-system/off",
        "error cluster/entry-misnamed Secret/team-b/sops-age",
        "error cluster/file-unopenable File/broken/secret.enc.yaml",
        "error cluster/file-unopenable File/cut/secret.enc.yaml <- Secret/team-c/sops-age",
        "error cluster/file-unopenable File/misnamed/secret.enc.yaml <- Secret/team-b/sops-age",
        "error cluster/file-unopenable File/team/secret.enc.yaml <- Secret/team-a/sops-age",
        "error cluster/key-malformed Secret/team-c/sops-age",
        "error cluster/secret-missing Secret/team-a/sops-age",
        "warning cluster/key-opens-nothing Secret/flux-system/sops-age",
    ];
    let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
    assert_eq!(found(&report), expected, "{report:#}");
    let proven: BTreeSet<&str> = expected
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    let all = flux_sops_age::checks::all().map(|check| check.id);
    assert_eq!(
        all.filter(|id| id.starts_with("cluster/"))
            .collect::<BTreeSet<_>>(),
        proven
    );

    let text = desk.check(&desk.plane.admin(), &[]).stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("there is one in namespace flux-system, where Flux does not look")
            || text.contains(
                "there is one in namespace flux-system, team-b, team-c, where Flux does not look"
            ),
        "{text}"
    );

    for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
        let said = desk.check(&desk.plane.admin(), &["-v", "-o", format]);
        assert_eq!(said.status, Some(1), "{format}");
        let said = said.stdout + &said.stderr;
        for key in &desk.keys {
            let key = key.text();
            // Of a key that was cut, too.
            assert!(!said.contains(&key[..40]), "{format}: {said}");
        }
    }
}

#[test]
fn what_may_not_be_read_is_said_and_makes_it_incomplete() {
    let desk = Desk::new();
    for folder in ["broken", "team", "misnamed", "cut", "off"] {
        std::fs::remove_dir_all(desk.path(folder)).unwrap();
    }
    // Of a tree that the cluster does not build, nothing is passed off as looked at.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(elsewhere.path().join("other")).unwrap();
    let sealed = std::fs::read(desk.path("apps/secret.enc.yaml")).unwrap();
    std::fs::write(elsewhere.path().join("other/secret.enc.yaml"), sealed).unwrap();
    let config = Kubeconfig::new().context("infra", &desk.plane, &desk.plane.admin());
    let said = check(elsewhere.path(), &config.path(), &["-o", "json"]);
    let passed = report(&said)["passed"].to_string();
    assert!(!passed.contains("cluster/file-unopenable"), "{passed}");

    let nobody = desk.plane.new_user();
    let said = desk.check(&nobody, &["-o", "json"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let skipped = report(&said)["skipped"].to_string();
    assert!(
        skipped.contains("forbidden") && skipped.contains("cluster/file-unopenable"),
        "{skipped}"
    );

    let reader = desk.plane.new_user();
    desk.plane.grant(
        &reader,
        &json!([
            {"apiGroups": ["kustomize.toolkit.fluxcd.io"], "resources": ["kustomizations"], "verbs": ["list"]},
            {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]},
        ]),
    );
    let said = desk.check(&reader, &["-o", "json"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let report = report(&said);
    assert!(found(&report).is_empty(), "{report:#}");
    let passed = report["passed"].to_string();
    for check in [
        "file-unopenable",
        "secret-missing",
        "entry-misnamed",
        "key-malformed",
        "key-opens-nothing",
    ] {
        assert!(!passed.contains(&format!("cluster/{check}")), "{passed}");
    }
    for format in ["text", "yaml", "junit", "sarif", "github"] {
        assert_eq!(
            desk.check(&reader, &["-o", format]).status,
            Some(3),
            "{format}"
        );
    }
}

#[test]
fn a_cluster_that_does_not_answer_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let said = check(folder.path(), Path::new("/nonexistent"), &[]);
    assert_eq!(said.status, Some(2), "{said:?}");
    let said = check(
        folder.path(),
        Path::new("/dev/null"),
        &["--server", "https://127.0.0.1:9", "--request-timeout", "2s"],
    );
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(said.stderr.contains("--offline"), "{}", said.stderr);
    assert_eq!(
        check(folder.path(), Path::new("/nonexistent"), &["--offline"]).status,
        Some(0)
    );
}
