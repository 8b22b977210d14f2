//! Asking the API server what it thinks of objects, without giving them to it.

use std::sync::Mutex;

use http::Method;
use serde_json::Value;

use super::client::{Client, for_each};
use super::resources::{Resources, api_version, kind, name};
use super::revised::without_server_fields;

/// See [`super::ControlPlane::refusals`].
pub(super) fn refusals(client: &Client, objects: &[Value]) -> Vec<String> {
    let objects: Vec<Value> = objects.iter().cloned().map(in_default_namespace).collect();
    let resources = Resources::of(client, &objects);
    let unknown = Mutex::new(Vec::new());
    let mut refused = for_each(objects, async |object| {
        let Some(collection) = resources.collection(&object) else {
            if !has_definition(&object) {
                unknown.lock().unwrap().push(format!(
                    "{} {}: unknown kind",
                    api_version(&object),
                    kind(&object)
                ));
            }
            return Ok(());
        };
        let path = format!("{collection}?dryRun=All&fieldValidation=Strict");
        match client
            .send_async(Method::POST, &path, Some(&body(&object)))
            .await
        {
            // Kubernetes made it before us.
            Err(why) if why.starts_with("409") => Ok(()),
            Err(why) => Err(format!("{}/{}: {why}", kind(&object), name(&object))),
            Ok(_) => Ok(()),
        }
    });
    refused.extend(unknown.into_inner().unwrap());
    refused
}

/// The object with its status, whose fields are looked at although a new object gets none.
fn body(object: &Value) -> Value {
    let mut body = without_server_fields(object);
    if let Some(status) = object.get("status") {
        body["status"] = status.clone();
    }
    body
}

/// Custom kinds are all in groups that look like a domain; Kubernetes' own groups are a word, or end as these do.
fn has_definition(object: &Value) -> bool {
    match api_version(object).split_once('/') {
        Some((group, _)) => group.contains('.') && !group.ends_with(".authorization.k8s.io"),
        None => false,
    }
}

fn in_default_namespace(mut object: Value) -> Value {
    if object["metadata"]["namespace"].is_string() {
        object["metadata"]["namespace"] = "default".into();
    }
    // An Event is where the object is that it is about.
    if object["involvedObject"]["namespace"].is_string() {
        object["involvedObject"]["namespace"] = "default".into();
    }
    object
}
