//! Requests to an API server, as JSON and one after the other.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use futures::StreamExt;
use http::Method;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::user::User;

/// How many requests are under way at once where many are made.
const CONCURRENCY: usize = 16;

/// A connection to one API server as one user.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) server: String,
    pub(super) authority: PathBuf,
    kube: kube::Client,
}

impl Client {
    pub(super) fn new(port: u16, folder: &Path, user: User) -> Client {
        let server = format!("https://127.0.0.1:{port}");
        let authority = folder.join("ca.crt");
        let kubeconfig = kubeconfig(&server, &authority, &user);
        let kubeconfig = serde_json::from_value(kubeconfig).unwrap();
        let kube = runtime().block_on(async {
            let options = kube::config::KubeConfigOptions::default();
            let config = kube::Config::from_custom_kubeconfig(kubeconfig, &options).await;
            kube::Client::try_from(config.unwrap()).unwrap()
        });
        Client {
            server,
            authority,
            kube,
        }
    }

    /// A kubeconfig for this server.
    pub(super) fn kubeconfig(&self, user: &User) -> Value {
        kubeconfig(&self.server, &self.authority, user)
    }

    /// The answer to a `GET`, which need not be JSON.
    pub(super) fn text(&self, path: &str) -> Result<String, String> {
        let request = http::Request::get(path).body(Vec::new()).unwrap();
        runtime()
            .block_on(self.kube.request_text(request))
            .map_err(|error| error.to_string())
    }

    /// The object at a path.
    pub(super) fn get(&self, path: &str) -> Result<Value, String> {
        self.send(Method::GET, path, None)
    }

    /// Sends a request and waits for its answer. An error holds the server's own words.
    pub(super) fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        runtime().block_on(self.send_async(method, path, body))
    }

    /// Sends a request.
    pub(super) async fn send_async(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        let media = if method == Method::PATCH {
            "application/merge-patch+json"
        } else {
            "application/json"
        };
        let body = body
            .map(|body| serde_json::to_vec(body).unwrap())
            .unwrap_or_default();
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", media)
            .header("accept", "application/json")
            .body(body)
            .unwrap();
        self.kube
            .request(request)
            .await
            .map_err(|error| match error {
                kube::Error::Api(status) => format!("{} {}", status.code, status.message),
                other => other.to_string(),
            })
    }
}

fn kubeconfig(server: &str, authority: &Path, user: &User) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "tests",
        "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "tests"}}],
        "clusters": [{"name": "tests", "cluster": {"server": server, "certificate-authority": authority}}],
        "users": [{"name": "tests", "user": {"token": user.token}}],
    })
}

/// Does `work` for each of `items`, several at once, and gathers what went wrong.
pub(super) fn for_each<T, F>(items: Vec<T>, work: impl Fn(T) -> F) -> Vec<String>
where
    F: Future<Output = Result<(), String>>,
{
    let results = futures::stream::iter(items.into_iter().map(work))
        .buffer_unordered(CONCURRENCY)
        .filter_map(async |result| result.err())
        .collect();
    runtime().block_on(results)
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    })
}
