//! Which pods nothing is to be said of.

use serde_json::{Value, json};

use super::Pod;

fn settled() -> Value {
    let init = |state| json!({"name": "init", "ready": true, "state": state});
    json!({
        "metadata": {"name": "traefik-0", "namespace": "traefik"},
        "status": {
            "phase": "Running",
            "conditions": [{"type": "Ready", "status": "True"}],
            "initContainerStatuses": [
                init(json!({"terminated": {"exitCode": 0, "reason": "Completed"}})),
                init(json!({"running": {"startedAt": "2026-11-20T08:00:00Z"}})),
            ],
            "containerStatuses": [{
                "name": "traefik", "ready": true, "restartCount": 7,
                "state": {"running": {"startedAt": "2026-11-20T08:00:00Z"}},
                "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}},
            }],
        },
    })
}

#[test]
fn a_pod_is_settled_when_all_of_it_runs_and_is_to_stay() {
    let is_settled = |pod: &Value| {
        serde_json::from_str::<Pod>(&pod.to_string())
            .unwrap()
            .is_settled()
    };
    assert!(is_settled(&settled()));
    for (place, value) in [
        ("/status/phase", json!("Pending")),
        ("/status/conditions/0/status", json!("False")),
        ("/status/conditions", json!([])),
        (
            "/status/initContainerStatuses/0/state",
            json!({"terminated": {"exitCode": 1}}),
        ),
        (
            "/status/initContainerStatuses/1/state",
            json!({"waiting": {"reason": "CrashLoopBackOff"}}),
        ),
        ("/status/containerStatuses/0/ready", json!(false)),
        (
            "/status/containerStatuses/0/state",
            json!({"terminated": {"exitCode": 0}}),
        ),
    ] {
        let mut pod = settled();
        *pod.pointer_mut(place).unwrap() = value;
        assert!(!is_settled(&pod), "{place}");
    }
    let mut pod = settled();
    pod["metadata"]["deletionTimestamp"] = json!("2026-11-20T08:00:00Z");
    assert!(!is_settled(&pod));
}
