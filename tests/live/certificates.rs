//! The certificate in a Secret is judged on a live server too, where no Secret is listed with its
//! values.

use jiff::{Timestamp, ToSpan};
use serde_json::json;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::run;

use crate::platform;
use crate::verdict::Verdict;

#[test]
fn one_that_nobody_renewed_is_found_live_and_in_a_snapshot_without_its_key() {
    let plane = ControlPlane::fresh();
    let (certificate, key) = platform::certificate(Timestamp::now() - (10 * 24).hours());
    plane.apply(&[
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "auth"}}),
        json!({"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
            "metadata": {"name": "authentik-tls", "namespace": "auth"},
            "stringData": {"tls.crt": certificate, "tls.key": key}}),
        json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": {"name": "authentik", "namespace": "auth"},
            "spec": {"tls": [{"hosts": ["auth.almckay.io"], "secretName": "authentik-tls"}],
                "defaultBackend": {"service": {"name": "authentik", "port": {"number": 80}}}}}),
    ]);
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let config = config.path().display().to_string();
    let only = ["--check", "certificates/*"];
    let live = Verdict::of(&[&only[..], &["--kubeconfig", &config]].concat());
    assert_eq!(live.status, Some(1), "{:?}", live.report);
    assert_eq!(
        live.report["results"][0]["check"],
        "certificates/secret-expired"
    );
    assert_eq!(live.report["results"][0]["object"]["name"], "authentik-tls");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken").display().to_string();
    let said = run(
        "kubectl-platform",
        &["snapshot", "-f", &path, "--kubeconfig", &config],
    );
    assert_eq!(said.status, Some(0), "{said:?}");
    let from_file = Verdict::of(&[&only[..], &["--from", &path]].concat());
    assert_eq!(from_file.report, live.report);
    let secrets = std::fs::read_to_string(folder.path().join("taken/v1.Secret.json")).unwrap();
    assert!(secrets.contains("auth.almckay.io"), "{secrets}");
    for line in key.lines().chain(certificate.lines()) {
        assert!(!secrets.contains(line), "{line}");
    }
}
