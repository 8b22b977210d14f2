//! What a user may do.

use http::Method;
use serde_json::{Value, json};

use super::client::Client;
use super::user::User;
use crate::wait::eventually;

const GROUP: &str = "rbac.authorization.k8s.io";

/// A ClusterRole with `rules`, and what binds it to `user`.
pub(super) fn role(user: &User, rules: &Value) -> [Value; 2] {
    let name = format!("granted-to-{}", user.name);
    let api_version = format!("{GROUP}/v1");
    [
        json!({
            "apiVersion": api_version,
            "kind": "ClusterRole",
            "metadata": {"name": name},
            "rules": rules,
        }),
        json!({
            "apiVersion": api_version,
            "kind": "ClusterRoleBinding",
            "metadata": {"name": name},
            "roleRef": {"apiGroup": GROUP, "kind": "ClusterRole", "name": name},
            "subjects": [{"apiGroup": GROUP, "kind": "User", "name": user.name}],
        }),
    ]
}

/// Waits until the server has heard of the rules: it learns of them from its own store a moment later.
pub(super) fn wait(client: &Client, user: &User, rules: &Value) {
    let Some(rule) = rules.as_array().and_then(|rules| rules.last()) else {
        return;
    };
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {
            "user": user.name,
            "resourceAttributes": {
                "group": rule["apiGroups"][0],
                "resource": rule["resources"][0],
                "name": rule["resourceNames"][0],
                "verb": rule["verbs"][0],
            },
        },
    });
    let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    eventually("rights", || {
        let answer = client.send(Method::POST, path, Some(&review))?;
        if answer["status"]["allowed"] == true {
            Ok(())
        } else {
            Err(answer["status"].to_string())
        }
    });
}
