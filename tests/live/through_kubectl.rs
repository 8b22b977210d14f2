//! What people have at hand anyway: the output of `kubectl get`, read from a living platform.

use std::fs;
use std::process::Command;

use tests::control_plane::Kubeconfig;
use tests::parts::part;
use tests::program::{outcome, run};
use tests::wait::eventually;

/// What `kubectl ARGUMENTS` prints.
fn kubectl(config: &Kubeconfig, arguments: &[&str]) -> String {
    let mut command = Command::new(part("kubectl"));
    command
        .arg("--kubeconfig")
        .arg(config.path())
        .args(arguments);
    let said = outcome(&mut command);
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    said.stdout
}

#[test]
fn a_living_platform_is_healthy_once_its_pods_are_ready() {
    let plane = crate::platform::coming_up();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("platform.json");
    let kinds = kubectl(&config, &["api-resources", "--verbs=list", "-o", "name"]);
    let kinds = kinds.trim().replace('\n', ",");
    eventually("a healthy platform", || {
        fs::write(
            &file,
            kubectl(&config, &["get", &kinds, "-A", "-o", "json"]),
        )
        .unwrap();
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
