//! What people have at hand anyway: the output of `kubectl get`, read from a living platform.

use std::fs;

use tests::control_plane::Kubeconfig;
use tests::parts::part;
use tests::program::{outcome, run};
use tests::wait::eventually;

/// The kinds that a person would think of.
const KINDS: &str = "nodes,namespaces,pods,deployments,statefulsets,services,endpointslices,persistentvolumeclaims,\
    ingresses,gitrepositories,kustomizations,helmreleases,certificates,clusterissuers,ingressroutetcps";

#[test]
fn a_living_platform_is_healthy_once_its_pods_are_ready() {
    let plane = crate::platform::coming_up();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("platform.json");
    eventually("a healthy platform", || {
        let mut kubectl = std::process::Command::new(part("kubectl"));
        kubectl
            .arg("--kubeconfig")
            .arg(config.path())
            .args(["get", KINDS, "-A", "-o", "json"]);
        let got = outcome(&mut kubectl);
        assert_eq!(got.status, Some(0), "{}", got.stderr);
        fs::write(&file, got.stdout).unwrap();
        let said = run(
            "kubectl-platform",
            &["validate", "--from", file.to_str().unwrap()],
        );
        match said.status {
            Some(0) if !said.stdout.contains("rolling out") => Ok(()),
            Some(0 | 1) => Err(said.stdout),
            _ => panic!("{said:?}"),
        }
    });
}
