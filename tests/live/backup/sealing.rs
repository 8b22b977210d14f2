//! Sealing keys, and what they seal.

use std::process::Command;

use serde_json::{Value, json};
use tests::parts::part;
use tests::program::outcome;

use super::desk::Desk;

impl Desk {
    /// A sealing key as the controller stores it, and a SealedSecret that the real kubeseal made for it.
    pub(super) fn sealing_key(&self) -> Value {
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

    pub(super) fn kubeseal(&self, arguments: &[&str], input: &str) -> String {
        let mut kubeseal = Command::new(part("kubeseal"));
        kubeseal
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(std::fs::File::open(self.path(input)).unwrap());
        let done = outcome(&mut kubeseal);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        done.stdout
    }
}
