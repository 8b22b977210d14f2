//! What the tests rely on: a real kustomize-controller applies what is published.

use http::Method;
use serde_json::json;
use tests::control_plane::ControlPlane;
use tests::flux::Flux;
use tests::wait::eventually;

#[test]
fn a_real_controller_applies_what_is_published() {
    let plane = ControlPlane::fresh();
    let flux = Flux::start(&plane);
    let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: site, namespace: default}, data: {domain: almckay.io}}";
    let revision = flux.publish(&[("apps/site.yaml".to_owned(), map.as_bytes().to_vec())]);
    plane.apply(&[json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": "apps", "namespace": "flux-system"},
        "spec": {
            "interval": "1h", "path": "./apps", "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "flux-system"},
        },
    })]);
    let applied = eventually("the controller", || {
        let path =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps";
        let status = plane.request(&Method::GET, path, None)?["status"].clone();
        match status["lastAppliedRevision"].as_str() {
            Some(applied) => Ok(applied.to_owned()),
            None => Err(status.to_string()),
        }
    });
    assert_eq!(applied, revision);
    let map = plane
        .request(
            &Method::GET,
            "/api/v1/namespaces/default/configmaps/site",
            None,
        )
        .unwrap();
    assert_eq!(map["data"]["domain"], "almckay.io");
}
