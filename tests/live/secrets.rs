//! No secret of the cluster is shown, however much is asked for.

use tests::control_plane::Kubeconfig;
use tests::program::run;

use crate::platform;

#[test]
fn validate_shows_no_secret() {
    let plane = platform::healthy();
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    for format in ["text", "json", "yaml", "junit"] {
        let config = config.path();
        let arguments = [
            "validate",
            "--no-probes",
            "-v=9",
            "-o",
            format,
            "--kubeconfig",
        ];
        let said = run(
            "kubectl-platform",
            &[&arguments[..], &[config.to_str().unwrap()]].concat(),
        );
        assert_eq!(said.status, Some(0), "{said:?}");
        let said = said.stdout + &said.stderr;
        for secret in platform::PLANTED
            .into_iter()
            .chain([plane.admin().token.as_str()])
        {
            assert!(!said.contains(secret), "{format}: {secret}: {said}");
        }
    }
}
