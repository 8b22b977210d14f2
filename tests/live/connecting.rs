//! Every verb on a real API server that it should not trust, or that does not trust it.

use std::fs;

use rcgen::{CertificateParams, KeyPair};
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::{Outcome, command, outcome};

const VERBS: [&str; 4] = ["validate", "status", "lb-ip", "snapshot"];

fn run(verb: &str, config: &Kubeconfig, more: &[&str]) -> Outcome {
    let mut command = command("kubectl-platform");
    command
        .arg(verb)
        .arg("--kubeconfig")
        .arg(config.path())
        .args(more);
    if verb == "snapshot" {
        command.args(["-f", "-"]);
    }
    outcome(&mut command)
}

#[test]
fn a_server_of_another_authority_or_name_is_not_trusted() {
    let plane = ControlPlane::shared();
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("ca.crt");
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["almckay.io".to_owned()]).unwrap();
    fs::write(&other, params.self_signed(&key).unwrap().pem()).unwrap();
    let wrong = Kubeconfig::new().context_of("infra", plane.server(), &other, &plane.admin());
    let right = Kubeconfig::new().context("infra", plane, &plane.admin());
    let first = format!(
        "error: the cluster's certificate is not trusted: {}: ",
        plane.server()
    );
    for verb in VERBS {
        for said in [
            run(verb, &wrong, &[]),
            run(verb, &right, &["--tls-server-name", "almckay.io"]),
        ] {
            assert_eq!(
                (said.status, said.stdout.as_str()),
                (Some(2), ""),
                "{verb}: {said:?}"
            );
            let lines: Vec<_> = said.stderr.lines().collect();
            assert_eq!(lines.len(), 3, "{verb}: {said:?}");
            assert!(lines[0].starts_with(&first), "{verb}: {said:?}");
            assert!(
                lines[1].starts_with("hint: check the certificate-authority"),
                "{said:?}"
            );
            assert_eq!(
                lines[2], "hint: without a cluster: --from PATH or --repo DIR",
                "{verb}"
            );
        }
    }
}

#[test]
fn whoever_may_read_nothing_is_told_so_and_a_token_that_has_run_out_ends_it() {
    let plane = ControlPlane::shared();
    let nobody = Kubeconfig::new().context("infra", plane, &plane.new_user());
    let mut stranger = plane.admin();
    stranger.token = "token-of-yesterday".to_owned();
    let expired = Kubeconfig::new().context("infra", plane, &stranger);
    for verb in VERBS {
        let said = run(verb, &nobody, &[]);
        assert_eq!(said.status, Some(3), "{verb}: {said:?}");
        let told = format!("{}{}", said.stdout, said.stderr);
        assert!(told.contains("forbidden"), "{verb}: {said:?}");
        let said = run(verb, &expired, &[]);
        assert_eq!(
            (said.status, said.stdout.as_str()),
            (Some(2), ""),
            "{verb}: {said:?}"
        );
        let first = "error: the cluster does not accept the credentials: ";
        assert!(said.stderr.starts_with(first), "{verb}: {said:?}");
        assert!(
            said.stderr.contains("\nhint: log in again"),
            "{verb}: {said:?}"
        );
        assert!(!said.stderr.contains("token-of-yesterday"));
    }
}
