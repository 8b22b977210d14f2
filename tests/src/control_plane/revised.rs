//! What must change in an object of another cluster, because the server decides it.

use std::collections::HashMap;

use serde_json::Value;

/// What no client sets. References between objects are told later.
const SERVER_FIELDS: [&str; 8] = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "uid",
];

/// Addresses, which the server gives out from a range of its own.
const ADDRESS_FIELDS: [&str; 4] = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"];

/// How a Job finds its pods, by its `uid`.
const JOB_LABELS: [&str; 4] = [
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-name",
    "controller-uid",
    "job-name",
];

/// The object as a client would create it, without status.
pub(super) fn without_server_fields(object: &Value) -> Value {
    let mut object = object.clone();
    remove(&mut object["metadata"], &SERVER_FIELDS);
    remove(&mut object, &["status"]);
    match object["kind"].as_str() {
        Some("Service") if object["spec"]["clusterIP"] != "None" => {
            remove(&mut object["spec"], &ADDRESS_FIELDS)
        }
        // Computed from the class, and refused if it is told.
        Some("Pod") => remove(&mut object["spec"], &["priority"]),
        Some("Job") if object["spec"]["manualSelector"] != true => {
            remove(&mut object["spec"], &["selector"]);
            let labels = "/spec/template/metadata/labels";
            object
                .pointer_mut(labels)
                .into_iter()
                .for_each(|labels| remove(labels, &JOB_LABELS));
        }
        _ => {}
    }
    object
}

fn remove(value: &mut Value, fields: &[&str]) {
    if let Some(map) = value.as_object_mut() {
        for field in fields {
            map.remove(*field);
        }
    }
}

/// The same value, with each `uid` that an object had elsewhere replaced by the one that it has now.
pub(super) fn moved_references(mut value: Value, uids: &HashMap<String, String>) -> Value {
    move_references(&mut value, uids);
    value
}

fn move_references(value: &mut Value, uids: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(uid) = uids.get(text) {
                text.clone_from(uid);
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| move_references(item, uids)),
        Value::Object(map) => map
            .values_mut()
            .for_each(|item| move_references(item, uids)),
        _ => {}
    }
}

/// The status, each `observedGeneration` in it as far behind `generation` as it was behind the object's own.
pub(super) fn revised_status(object: &Value, generation: i64) -> Value {
    let mut status = object["status"].clone();
    if let Some(own) = object["metadata"]["generation"].as_i64() {
        shift_generations(&mut status, generation - own);
    }
    status
}

fn shift_generations(value: &mut Value, by: i64) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| shift_generations(item, by)),
        Value::Object(map) => {
            for (key, item) in map {
                match item.as_i64() {
                    Some(observed) if key == "observedGeneration" => {
                        *item = (observed + by).max(0).into()
                    }
                    _ => shift_generations(item, by),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_observed_generation_keeps_its_distance() {
        let object = json!({
            "metadata": {"generation": 7},
            "status": {"observedGeneration": 6, "conditions": [{"observedGeneration": 7}]},
        });
        let expected = json!({"observedGeneration": 0, "conditions": [{"observedGeneration": 1}]});
        assert_eq!(revised_status(&object, 1), expected);
    }

    #[test]
    fn references_follow_their_object() {
        let uids = HashMap::from([("old".to_owned(), "new".to_owned())]);
        let owners = json!([{"name": "web", "uid": "old"}, {"name": "gone", "uid": "unknown"}]);
        let expected = json!([{"name": "web", "uid": "new"}, {"name": "gone", "uid": "unknown"}]);
        assert_eq!(moved_references(owners, &uids), expected);
    }

    #[test]
    fn a_headless_service_stays_headless() {
        let service =
            json!({"kind": "Service", "metadata": {"uid": "1"}, "spec": {"clusterIP": "None"}});
        assert_eq!(without_server_fields(&service)["spec"]["clusterIP"], "None");
    }
}
