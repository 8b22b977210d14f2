//! The steps by which one object after the other gets into an API server.

use std::collections::HashMap;
use std::sync::Mutex;

use http::Method;
use serde_json::{Map, Value, json};

use super::client::Client;
use super::resources::{Resources, kind, name};
use super::revised::{moved_references, revised_status, without_server_fields};

pub(super) struct Session<'a> {
    client: &'a Client,
    resources: Resources,
    /// What became of the objects: by the `uid` that they had, and by their path.
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    uids: HashMap<String, String>,
    generations: HashMap<String, i64>,
}

impl Session<'_> {
    pub(super) fn new(client: &Client, resources: Resources) -> Session<'_> {
        let made = Mutex::default();
        Session {
            client,
            resources,
            made,
        }
    }

    /// Creates the object, or changes the one that is there: Kubernetes makes some itself.
    pub(super) async fn make(&self, object: &Value) -> Result<(), String> {
        let collection = self
            .resources
            .collection(object)
            .ok_or_else(|| refusal(object, "unknown kind"))?;
        let path = format!("{collection}/{}", name(object));
        let body = moved_references(
            without_server_fields(object),
            &self.made.lock().unwrap().uids,
        );
        let strict = format!("{collection}?fieldValidation=Strict");
        let made = match self
            .client
            .send_async(Method::POST, &strict, Some(&body))
            .await
        {
            Err(why) if why.starts_with("409") => {
                self.client
                    .send_async(Method::PATCH, &path, Some(&body))
                    .await
            }
            other => other,
        };
        let made = made.map_err(|why| refusal(object, &why))?;
        let mut all = self.made.lock().unwrap();
        if let (Some(old), Some(new)) = (
            object["metadata"]["uid"].as_str(),
            made["metadata"]["uid"].as_str(),
        ) {
            all.uids.insert(old.to_owned(), new.to_owned());
        }
        all.generations
            .insert(path, made["metadata"]["generation"].as_i64().unwrap_or(0));
        Ok(())
    }

    /// Tells the object who owns it, now that all owners have their `uid`.
    pub(super) async fn own(&self, object: &Value) -> Result<(), String> {
        let owners = &object["metadata"]["ownerReferences"];
        if owners.is_null() {
            return Ok(());
        }
        let patch = json!({"metadata": {"ownerReferences": owners}});
        let patch = moved_references(patch, &self.made.lock().unwrap().uids);
        self.patch(object, "", &patch).await
    }

    pub(super) async fn tell_status(&self, object: &Value) -> Result<(), String> {
        let has_status = self
            .resources
            .get(object)
            .is_some_and(|resource| resource.has_status);
        if !has_status || object["status"].as_object().is_none_or(Map::is_empty) {
            return Ok(());
        }
        let status = {
            let made = self.made.lock().unwrap();
            let generation = made
                .generations
                .get(&self.path(object))
                .copied()
                .unwrap_or(0);
            moved_references(revised_status(object, generation), &made.uids)
        };
        self.patch(object, "/status", &json!({"status": status}))
            .await
    }

    /// Deletes the object where it was on its way out. Its finalizers keep it, or a node that does not answer.
    pub(super) async fn delete(&self, object: &Value) -> Result<(), String> {
        if object["metadata"]["deletionTimestamp"].is_null() {
            return Ok(());
        }
        let deleted = self
            .client
            .send_async(Method::DELETE, &self.path(object), None)
            .await;
        deleted.map(drop).map_err(|why| refusal(object, &why))
    }

    async fn patch(&self, object: &Value, subresource: &str, patch: &Value) -> Result<(), String> {
        let path = format!("{}{subresource}?fieldValidation=Strict", self.path(object));
        let patched = self
            .client
            .send_async(Method::PATCH, &path, Some(patch))
            .await;
        patched.map(drop).map_err(|why| refusal(object, &why))
    }

    fn path(&self, object: &Value) -> String {
        let collection = self.resources.collection(object).unwrap_or_default();
        format!("{collection}/{}", name(object))
    }
}

fn refusal(object: &Value, why: &str) -> String {
    let namespace = object["metadata"]["namespace"].as_str().unwrap_or("-");
    format!("{} {namespace}/{}: {why}", kind(object), name(object))
}
