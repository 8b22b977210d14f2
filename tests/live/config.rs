//! What is expected of a platform may be told in the cluster itself, by the ConfigMap `platform`.

use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::run;

/// What is said of one that any tenant could have written.
const UNHEARD: &str = "note: the ConfigMap auth/platform is not heard: \
    platform.yaml may be in one of flux-system, argocd, kube-system, default\n";

fn told(namespace: &str, config: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "platform", "namespace": namespace},
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

    let tenant = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "auth"}});
    plane.apply(&[
        tenant,
        told("auth", "skip: [{check: network/*, reason: hush}]"),
    ]);
    let said = validate(&live);
    assert_eq!(said.status, Some(1), "{said:?}");
    assert_eq!(said.stderr, UNHEARD);

    plane.apply(&[told(
        "default",
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
        assert_eq!(said.stderr, format!("{note}{UNHEARD}"));
    }

    // It is heard by checks that read no ConfigMap of their own, too.
    let none = ["--check=network/backend-missing", "--check=flux/suspended"];
    let said = validate(&[&live[..], &none].concat());
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(
        said.stderr.starts_with("note: platform.yaml skips "),
        "{said:?}"
    );

    plane.apply(&[told("default", "skipp: []")]);
    let said = validate(&live);
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(
        said.stderr
            .contains("the ConfigMap default/platform: unknown field, expected one of "),
        "{said:?}"
    );
}
