//! What is expected of a platform may be told in the cluster itself, by the ConfigMap `platform`.

use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::run;

fn told(config: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "platform", "namespace": "default"},
        "data": {"platform.yaml": format!("apiVersion: kubectl-platform/v1\nkind: Config\n{config}\n")}})
}

#[test]
fn what_the_cluster_tells_holds_live_and_in_a_snapshot_of_it() {
    let plane = ControlPlane::fresh();
    plane.apply(&[
        json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": {"name": "authentik", "namespace": "default"},
            "spec": {"defaultBackend": {"service": {"name": "authentik", "port": {"number": 80}}}}}),
    ]);
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let config = config.path().display().to_string();
    let validate = |from: &[&str]| run("kubectl-platform", &[&["validate", "-q"], from].concat());
    let live = ["--kubeconfig", &config];
    let said = validate(&live);
    assert_eq!(said.status, Some(1), "{said:?}");

    plane.apply(&[told(
        "skip: [{check: network/*, reason: it is being moved}]",
    )]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken").display().to_string();
    run(
        "kubectl-platform",
        &[&["snapshot", "-f", &path], &live[..]].concat(),
    );
    for source in [&live, &["--from", path.as_str()]] {
        let said = validate(source);
        assert_eq!(said.status, Some(0), "{said:?}");
        let note = "note: platform.yaml skips network/*: it is being moved\n";
        assert_eq!(said.stderr, note);
    }

    plane.apply(&[told("skipp: []")]);
    let said = validate(&live);
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(
        said.stderr
            .contains("the ConfigMap default/platform: unknown field `skipp`"),
        "{said:?}"
    );
}
