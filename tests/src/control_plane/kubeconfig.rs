//! Kubeconfig files for the program under test.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::ControlPlane;
use super::user::User;
use crate::process::write_private;

/// A kubeconfig file, removed with this value. The first context is the current one.
pub struct Kubeconfig {
    folder: TempDir,
    contexts: Vec<Value>,
    clusters: Vec<Value>,
    users: Vec<Value>,
}

impl Kubeconfig {
    /// A file without contexts.
    pub fn new() -> Kubeconfig {
        let folder = tempfile::tempdir().unwrap();
        Kubeconfig {
            folder,
            contexts: vec![],
            clusters: vec![],
            users: vec![],
        }
        .written()
    }

    /// Adds a context in which `user` talks to `plane`. Cluster and user have the context's name.
    #[must_use]
    pub fn context(self, name: &str, plane: &ControlPlane, user: &User) -> Kubeconfig {
        self.context_of(name, plane.server(), plane.authority(), user)
    }

    /// Adds a context for any address, such as one where nothing answers.
    #[must_use]
    pub fn context_of(
        mut self,
        name: &str,
        server: &str,
        authority: &Path,
        user: &User,
    ) -> Kubeconfig {
        self.contexts
            .push(json!({"name": name, "context": {"cluster": name, "user": name}}));
        self.clusters.push(
            json!({"name": name, "cluster": {"server": server, "certificate-authority": authority}}),
        );
        self.users
            .push(json!({"name": name, "user": {"token": user.token}}));
        self.written()
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    fn written(self) -> Kubeconfig {
        let file = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": self.contexts.first().map_or(&Value::Null, |context| &context["name"]),
            "contexts": self.contexts,
            "clusters": self.clusters,
            "users": self.users,
        });
        write_private(&self.path(), &file.to_string());
        self
    }
}

impl Default for Kubeconfig {
    fn default() -> Kubeconfig {
        Kubeconfig::new()
    }
}
