//! What the tests themselves rely on.

use std::process::Command;

use http::Method;
use serde_json::json;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::objects::objects;
use tests::parts::part;
use tests::program::outcome;
use tests::wait::eventually;

#[test]
fn objects_are_stored_with_their_status() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("stored");
    let yaml = format!(
        "
apiVersion: v1
kind: List
items:
- apiVersion: source.toolkit.fluxcd.io/v1
  kind: GitRepository
  metadata: {{name: infra, namespace: {namespace}, generation: 4}}
  spec: {{url: https://git.almckay.io/infra}}
  status: {{observedGeneration: 3, conditions: [{{type: Ready, status: 'False', reason: GitOperationFailed}}]}}
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata: {{name: web, namespace: {namespace}, uid: elsewhere}}
  spec:
    selector: {{matchLabels: {{app: web}}}}
    template:
      metadata: {{labels: {{app: web}}}}
      spec: {{containers: [{{name: web, image: web}}]}}
- apiVersion: v1
  kind: Pod
  metadata:
    name: web
    namespace: {namespace}
    ownerReferences: [{{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: elsewhere, controller: true}}]
  spec: {{nodeName: k3s-1, priority: 7, containers: [{{name: web, image: web}}]}}
  status: {{phase: Running}}
"
    );
    plane.apply(&objects(&yaml));

    let path =
        format!("/apis/source.toolkit.fluxcd.io/v1/namespaces/{namespace}/gitrepositories/infra");
    let repository = plane.request(&Method::GET, &path, None).unwrap();
    assert_eq!(
        repository["status"]["conditions"][0]["reason"],
        "GitOperationFailed"
    );
    assert_eq!(
        repository["status"]["observedGeneration"], 0,
        "one behind, as it was"
    );

    let path = format!("/apis/apps/v1/namespaces/{namespace}/replicasets/web");
    let owner = plane.request(&Method::GET, &path, None).unwrap();
    let path = format!("/api/v1/namespaces/{namespace}/pods/web");
    let pod = plane.request(&Method::GET, &path, None).unwrap();
    assert_eq!(pod["status"]["phase"], "Running");
    assert_eq!(
        pod["metadata"]["ownerReferences"][0]["uid"],
        owner["metadata"]["uid"]
    );
}

#[test]
#[should_panic(expected = "unknown field \"spec.replica\"")]
fn an_object_with_a_field_that_does_not_exist_is_refused() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("strict");
    plane.apply(&[json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": namespace},
        "spec": {
            "replica": 1, "selector": {"matchLabels": {"app": "web"}},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "web"}]}},
        },
    })]);
}

#[test]
fn a_moving_plane_runs_pods() {
    let plane = ControlPlane::moving();
    let deployment = |name: &str, annotations, cpu: &str| {
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": "default"},
            "spec": {
                "selector": {"matchLabels": {"app": name}},
                "template": {
                    "metadata": {"labels": {"app": name}, "annotations": annotations},
                    "spec": {"containers": [{"name": name, "image": name, "resources": {"requests": {"cpu": cpu}}}]},
                },
            },
        })
    };
    plane.apply(&[
        json!({
            "apiVersion": "v1", "kind": "Node", "metadata": {"name": "k3s-1"},
            "status": {"capacity": {"cpu": "8", "memory": "16Gi", "pods": "110"}},
        }),
        deployment("web", json!({}), "1"),
        deployment("broken", json!({"tests/fails": "true"}), "1"),
        deployment("large", json!({}), "80"),
    ]);
    let pod = |name: &str| {
        let path = format!("/api/v1/namespaces/default/pods?labelSelector=app={name}");
        let pods = plane.request(&Method::GET, &path, None)?;
        Ok::<_, String>(pods["items"][0]["status"].clone())
    };
    eventually("a ready pod", || {
        match pod("web")?["conditions"].as_array() {
            Some(conditions)
                if conditions
                    .iter()
                    .any(|c| c["type"] == "Ready" && c["status"] == "True") =>
            {
                Ok(())
            }
            other => Err(format!("{other:?}")),
        }
    });
    eventually("a crashing pod", || match pod("broken")? {
        status if status["containerStatuses"][0]["restartCount"] == 7 => Ok(()),
        status => Err(status.to_string()),
    });
    eventually(
        "the scheduler's words",
        || match pod("large")?["conditions"][0]["message"].as_str() {
            Some(message) if message.contains("Insufficient cpu") => Ok(()),
            other => Err(format!("{other:?}")),
        },
    );
}

#[test]
fn refusals_name_what_is_wrong_and_keep_nothing() {
    let plane = ControlPlane::shared();
    let pod = |name: &str, status| {
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "not-there"},
            "spec": {"containers": [{"name": "web", "image": "web"}]}, "status": status,
        })
    };
    let good = pod("good", json!({"phase": "Running"}));
    let bad = pod("bad", json!({"fase": "Running"}));
    let misspelt =
        json!({"apiVersion": "apps/v1", "kind": "Deploiment", "metadata": {"name": "web"}});

    let refusals = plane.refusals(&[good, bad, misspelt]);
    assert_eq!(refusals.len(), 2, "{refusals:?}");
    assert!(refusals[0].starts_with("Pod/bad: 400") && refusals[0].contains("status.fase"));
    assert_eq!(refusals[1], "apps/v1 Deploiment: unknown kind");
    let path = "/api/v1/namespaces/default/pods/good";
    assert!(plane.request(&Method::GET, path, None).is_err());
}

#[test]
fn a_user_may_what_was_granted_and_the_server_tells_what_was_asked() {
    let plane = ControlPlane::shared();
    let user = plane.new_user();
    let config = Kubeconfig::new().context("tests", plane, &user);
    let list = |resource| {
        outcome(
            Command::new(part("kubectl"))
                .arg("--kubeconfig")
                .arg(config.path())
                .args(["get", resource, "-A"]),
        )
    };
    let before = list("pods");
    assert!(before.stderr.contains("Forbidden"), "{before:?}");
    plane.grant(
        &user,
        &json!([{"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]}]),
    );
    assert_eq!(list("pods").status, Some(0));
    assert!(list("configmaps").stderr.contains("Forbidden"));

    let (pods, configmaps) = ("/api/v1/pods?limit=500", "/api/v1/configmaps?limit=500");
    let expected = [(pods, 403), (pods, 200), (configmaps, 403)];
    eventually("the record of three lists", || {
        let asked = plane
            .requests_of(&user)
            .into_iter()
            .filter(|request| request.verb == "list");
        let asked: Vec<_> = asked.map(|request| (request.uri, request.status)).collect();
        if asked
            .iter()
            .map(|(uri, status)| (uri.as_str(), *status))
            .eq(expected)
        {
            Ok(())
        } else {
            Err(format!("{asked:?}"))
        }
    });
}
