//! `flux sops-age backup` and `restore`: keys of one API server come back on another, and open what they opened.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use http::Method;
use serde_json::{Value, json};
use shared::age::Identity;
use tempfile::TempDir;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::parts::part;
use tests::program::{Outcome, command, outcome};

const SOPS_AGE: &str = "/api/v1/namespaces/flux-system/secrets/sops-age";
const SPARE: &str = "/api/v1/namespaces/team/secrets/spare";
const SEALING: &str = "/api/v1/namespaces/sealed-secrets/secrets/sealed-secrets-key7x";

/// A folder with files that the keys open, and who may open a backup.
struct Desk {
    folder: TempDir,
    cluster: Identity,
    spare: Identity,
    keeper: Identity,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
            cluster: Identity::generate(),
            spare: Identity::generate(),
            keeper: Identity::generate(),
        };
        desk.write("keeper.txt", &desk.keeper.text());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs our program in the folder; the passphrase file is open as descriptor 3.
    fn ours(&self, plane: &ControlPlane, user: &User, arguments: &[&str]) -> Outcome {
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
    fn sealed(&self, name: &str, key: &Identity) {
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

    /// A sealing key as the controller stores it, and a SealedSecret that the real kubeseal made for it.
    fn sealing_key(&self) -> Value {
        let run = |program: &str, arguments: &[&str]| {
            let done = outcome(
                Command::new(program)
                    .current_dir(self.folder.path())
                    .args(arguments),
            );
            assert_eq!(done.status, Some(0), "{}", done.stderr);
        };
        run(
            "ssh-keygen",
            &[
                "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", "rsa",
            ],
        );
        let private = self.read("rsa");
        assert!(private.starts_with("-----BEGIN RSA PRIVATE KEY"));
        run(
            "ssh-keygen",
            &["-q", "-p", "-m", "PKCS8", "-P", "", "-N", "", "-f", "rsa"],
        );
        let pair = rcgen::KeyPair::from_pem(&self.read("rsa")).unwrap();
        let certificate = rcgen::CertificateParams::new(Vec::new())
            .unwrap()
            .self_signed(&pair)
            .unwrap()
            .pem();
        std::fs::remove_file(self.path("rsa")).unwrap();
        self.write("cert.pem", &certificate);
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "jwt-secret", "namespace": "auth"},
            "stringData": {"JWT_SECRET": "tell-nobody"},
        });
        self.write("jwt.json", &secret.to_string());
        let sealed = self.kubeseal(&["--cert", "cert.pem", "-o", "yaml"], "jwt.json");
        std::fs::remove_file(self.path("jwt.json")).unwrap();
        self.write("secrets/jwt-secret.yaml", &sealed);
        json!({
            "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
            "metadata": {
                "name": "sealed-secrets-key7x", "namespace": "sealed-secrets",
                "labels": {"sealedsecrets.bitnami.com/sealed-secrets-key": "active"},
            },
            "stringData": {"tls.crt": certificate, "tls.key": private},
        })
    }

    fn kubeseal(&self, arguments: &[&str], input: &str) -> String {
        let mut kubeseal = Command::new(part("kubeseal"));
        kubeseal
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(std::fs::File::open(self.path(input)).unwrap());
        let done = outcome(&mut kubeseal);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        done.stdout
    }

    /// A cluster with a key that a Kustomization names, one that nobody names, and a sealing key.
    fn populated(&self) -> ControlPlane {
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

fn data(plane: &ControlPlane, path: &str) -> Option<Value> {
    plane
        .request(&Method::GET, path, None)
        .ok()
        .map(|secret| secret["data"].clone())
}

#[test]
fn keys_come_back_once_they_have_opened_a_file() {
    let desk = Desk::new();
    let old = desk.populated();
    let keeper = desk.keeper.recipient();
    let backup = ["backup", "-o", "keys.age", "--age", &keeper];

    let nobody = desk.ours(&old, &old.new_user(), &backup);
    assert_eq!(nobody.status, Some(3), "{nobody:?}");
    let dry = desk.ours(&old, &old.admin(), &[&backup[..], &["--dry-run"]].concat());
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(!desk.path("keys.age").exists());

    let done = desk.ours(&old, &old.admin(), &backup);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert!(
        done.stderr.ends_with("kept: 3, in keys.age\n"),
        "{}",
        done.stderr
    );
    let mode = std::fs::metadata(desk.path("keys.age"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let kept = desk.read("keys.age");
    assert!(kept.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    let again = desk.ours(&old, &old.admin(), &backup);
    assert_eq!((again.status, desk.read("keys.age")), (Some(2), kept));

    // What the real age makes of it can be applied as it is.
    let mut age = Command::new(part("age"));
    age.current_dir(desk.folder.path())
        .args(["-d", "-i", "keeper.txt", "keys.age"]);
    let list: Value = serde_json::from_str(&outcome(&mut age).stdout).unwrap();
    let names: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["metadata"]["name"])
        .collect();
    assert_eq!(names, ["sops-age", "sealed-secrets-key7x", "spare"]);

    let new = ControlPlane::fresh();
    desk.sealed("apps/redis.enc.yaml", &desk.cluster);
    let restore = ["restore", "keys.age"];
    let unproven = desk.ours(&new, &new.admin(), &restore);
    assert_eq!(unproven.status, Some(1), "{unproven:?}");
    assert!(
        unproven.stderr.contains("right keys: team/spare"),
        "{}",
        unproven.stderr
    );
    desk.sealed("team/redis.enc.yaml", &desk.spare);
    let dry = desk.ours(&new, &new.admin(), &[&restore[..], &["--dry-run"]].concat());
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(
        dry.stderr.contains("opens secrets/jwt-secret.yaml"),
        "{}",
        dry.stderr
    );
    for path in [SOPS_AGE, SPARE, SEALING] {
        assert_eq!(data(&new, path), None);
    }

    let done = desk.ours(&new, &new.admin(), &restore);
    assert_eq!(done.status, Some(0), "{done:?}");
    for path in [SOPS_AGE, SPARE, SEALING] {
        assert_eq!(data(&new, path), data(&old, path), "{path}");
        assert!(data(&new, path).is_some());
    }
    let sealing = new.request(&Method::GET, SEALING, None).unwrap();
    assert_eq!(sealing["type"], "kubernetes.io/tls");
    assert_eq!(
        sealing["metadata"]["labels"]["sealedsecrets.bitnami.com/sealed-secrets-key"],
        "active"
    );

    // The key that came back opens what kubeseal sealed, says kubeseal.
    let coded = desk.path("coded");
    std::fs::write(&coded, sealing["data"]["tls.key"].as_str().unwrap()).unwrap();
    let private = outcome(Command::new("base64").arg("-d").arg(&coded)).stdout;
    desk.write("recovered.pem", &private);
    let opened = desk.kubeseal(
        &[
            "--recovery-unseal",
            "--recovery-private-key",
            "recovered.pem",
            "-o",
            "json",
        ],
        "secrets/jwt-secret.yaml",
    );
    let opened: Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(opened["data"]["JWT_SECRET"], "dGVsbC1ub2JvZHk=");
}

#[test]
fn what_differs_is_written_over_only_when_asked_for() {
    let desk = Desk::new();
    let plane = desk.populated();
    desk.sealed("apps/redis.enc.yaml", &desk.cluster);
    desk.sealed("team/redis.enc.yaml", &desk.spare);
    let ours = |arguments: &[&str]| desk.ours(&plane, &plane.admin(), arguments);
    let backup = ours(&["backup", "-o", "keys.age", "--passphrase-fd", "3"]);
    assert_eq!(backup.status, Some(0), "{backup:?}");
    let restore = ["restore", "keys.age", "--passphrase-fd", "3"];
    let there = ours(&restore);
    assert_eq!(there.status, Some(0), "{there:?}");
    assert_eq!(
        there.stderr.matches("there already: ").count(),
        3,
        "{}",
        there.stderr
    );

    let before = data(&plane, SOPS_AGE).unwrap();
    let other = json!({"data": {"age.agekey": "b3RoZXI=", "more.agekey": "bW9yZQ=="}});
    plane
        .request(&Method::PATCH, SOPS_AGE, Some(&other))
        .unwrap();
    let refused = ours(&restore);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert_eq!(data(&plane, SOPS_AGE).unwrap()["age.agekey"], "b3RoZXI=");
    let replaced = ours(&[&restore[..], &["--replace"]].concat());
    assert_eq!(replaced.status, Some(0), "{replaced:?}");
    let after = data(&plane, SOPS_AGE).unwrap();
    assert_eq!(after["age.agekey"], before["age.agekey"]);
    assert_eq!(after["more.agekey"], "bW9yZQ==");

    // Nothing but the passphrase opens it, and nobody is there to be asked.
    assert_eq!(ours(&["restore", "keys.age"]).status, Some(2));
    let cut = desk
        .read("keys.age")
        .replace("\n-----END", "AAAA\n-----END");
    desk.write("cut.age", &cut);
    assert_eq!(
        ours(&["restore", "cut.age", "--passphrase-fd", "3"]).status,
        Some(2)
    );
    assert_eq!(ours(&["backup", "-o", "plain.json"]).status, Some(2));
    assert!(!desk.path("plain.json").exists());
}
