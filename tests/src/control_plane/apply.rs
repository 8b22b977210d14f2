//! Putting objects into an API server as they were found elsewhere.

use http::Method;
use serde_json::{Value, json};

use super::client::{Client, for_each};
use super::definitions;
use super::resources::{Resources, api_version, kind, name};
use super::session::Session;
use crate::wait::eventually;

/// What `objects` are made of, in the order in which the server can take them: a later group needs an earlier one,
/// or refers to its objects by their `uid`, or would stand in the way of the rest.
const ORDER: [&[&str]; 5] = [
    &["Namespace", "PriorityClass"],
    &[],
    &["PersistentVolume", "Pod"],
    &["Endpoints", "EndpointSlice", "Event"],
    &[
        "APIService",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
    ],
];

/// See [`super::ControlPlane::apply`].
pub(super) fn apply(client: &Client, objects: &[Value]) {
    let objects = with_namespaces(objects);
    let resources = define(client, &objects);
    let session = Session::new(client, resources);
    let objects: Vec<&Value> = objects
        .iter()
        .filter(|object| kind(object) != "CustomResourceDefinition")
        .collect();
    for place in 0..ORDER.len() {
        let group = objects
            .iter()
            .copied()
            .filter(|object| place_of(object) == place)
            .collect();
        refused(for_each(group, |object| session.make(object)));
    }
    refused(for_each(objects.clone(), |object| session.own(object)));
    refused(for_each(objects.clone(), |object| {
        session.tell_status(object)
    }));
    refused(for_each(objects, |object| session.delete(object)));
}

fn refused(errors: Vec<String>) {
    assert!(
        errors.is_empty(),
        "the API server refused:\n{}",
        errors.join("\n")
    );
}

fn place_of(object: &Value) -> usize {
    let listed = ORDER.iter().position(|kinds| kinds.contains(&kind(object)));
    listed.unwrap_or(1)
}

/// The objects, and the namespaces that they are in.
fn with_namespaces(objects: &[Value]) -> Vec<Value> {
    let mut all = objects.to_vec();
    for object in objects {
        let Some(namespace) = object["metadata"]["namespace"].as_str() else {
            continue;
        };
        let is_it = |other: &Value| kind(other) == "Namespace" && name(other) == namespace;
        if !all.iter().any(is_it) {
            let metadata = json!({"name": namespace});
            all.push(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}));
        }
    }
    all
}

/// Makes the server know all kinds, and says where they are.
pub(super) fn define(client: &Client, objects: &[Value]) -> Resources {
    let known = Resources::of(client, objects);
    let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    refused(for_each(
        definitions::missing(objects, &known),
        async |definition| match client
            .send_async(Method::POST, path, Some(&definition))
            .await
        {
            Err(why) if !why.starts_with("409") => {
                Err(format!("definition {}: {why}", name(&definition)))
            }
            _ => Ok(()),
        },
    ));
    eventually("custom kinds", || {
        let resources = Resources::of(client, objects);
        match objects
            .iter()
            .find(|object| resources.get(object).is_none())
        {
            Some(object) => Err(format!(
                "{} {} is not served",
                api_version(object),
                kind(object)
            )),
            None => Ok(resources),
        }
    })
}
