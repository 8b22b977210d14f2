//! A real Kubernetes API server for tests, and what tests do with it.
//!
//! - [`ControlPlane::shared`]: one server for the whole test process. A test works in a namespace of its own
//!   ([`ControlPlane::namespace`]) and as a user of its own ([`ControlPlane::new_user`]).
//! - [`ControlPlane::fresh`]: an empty one, for tests about whole clusters. It takes seconds and 300 MB.
//! - [`ControlPlane::moving`]: one whose controllers, scheduler and (simulated) nodes are at work.
//!
//! The first two store objects and leave them as they are, status included, so that any state of a platform
//! can be put before the program under test:
//!
//! ```no_run
//! use tests::control_plane::{ControlPlane, Kubeconfig};
//!
//! let plane = ControlPlane::fresh();
//! plane.apply(&tests::objects::objects("{apiVersion: v1, kind: Namespace, metadata: {name: web}}"));
//! let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
//! // run: kubectl-platform validate --kubeconfig config.path()
//! ```

mod access;
mod api_server;
mod apply;
mod audit;
mod client;
mod definitions;
mod dry_run;
mod etcd;
mod keys;
mod kubeconfig;
mod machinery;
mod resources;
mod revised;
mod session;
mod user;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;
use serde_json::{Value, json};

pub use audit::Request;
pub use kubeconfig::Kubeconfig;
pub use user::User;

use api_server::ApiServer;
use machinery::Machinery;

/// An API server with its store, and controllers if they were asked for. It ends with this value, and at the
/// latest with the test process.
pub struct ControlPlane {
    server: ApiServer,
    users: AtomicUsize,
    namespaces: AtomicUsize,
    _machinery: Option<Machinery>,
}

impl ControlPlane {
    /// The server that all tests of this process share.
    pub fn shared() -> &'static ControlPlane {
        static SHARED: OnceLock<ControlPlane> = OnceLock::new();
        SHARED.get_or_init(ControlPlane::fresh)
    }

    /// A server of the test's own, empty but for what Kubernetes itself puts there.
    pub fn fresh() -> ControlPlane {
        ControlPlane::new(ApiServer::still(), None)
    }

    /// A server of the test's own on which Kubernetes' controllers and scheduler work, and simulated nodes run
    /// pods: see [`machinery`](ControlPlane::moving) for what makes a pod fail.
    ///
    /// A pod runs and becomes Ready at once, unless its annotation `tests/fails` is there: then its containers
    /// end with exit code 1 and are waited for in `CrashLoopBackOff`. A Node object is all a node needs.
    pub fn moving() -> ControlPlane {
        let server = ApiServer::moving();
        let machinery = Machinery::start(&server);
        ControlPlane::new(server, Some(machinery))
    }

    fn new(server: ApiServer, machinery: Option<Machinery>) -> ControlPlane {
        ControlPlane {
            server,
            users: AtomicUsize::new(0),
            namespaces: AtomicUsize::new(0),
            _machinery: machinery,
        }
    }

    /// Who may do everything.
    pub fn admin(&self) -> User {
        User::admin()
    }

    /// Somebody who may do nothing but what any authenticated user may (discovery), and whom no other test knows.
    pub fn new_user(&self) -> User {
        User::nth(self.users.fetch_add(1, Ordering::Relaxed))
    }

    /// Lets `user` do what `rules` say (those of a ClusterRole), in all namespaces, and waits until it is so.
    pub fn grant(&self, user: &User, rules: &Value) {
        self.apply(&access::role(user, rules));
        access::wait(&self.server.client, user, rules);
    }

    /// Makes a namespace that no other test has.
    pub fn namespace(&self, stem: &str) -> String {
        let name = format!("{stem}-{}", self.namespaces.fetch_add(1, Ordering::Relaxed));
        self.apply(&[json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})]);
        name
    }

    /// Puts objects there, their status included, whatever order they come in.
    ///
    /// Namespaces that are not among the objects are made. Every kind that Kubernetes does not have gets a
    /// definition that accepts any field. What the server decides is left to it: `uid`, `resourceVersion`,
    /// `creationTimestamp`, `generation` (a status keeps its distance to that), addresses of Services. An object
    /// with a `deletionTimestamp` is deleted, and stays while it has finalizers.
    ///
    /// # Panics
    ///
    /// When the server refuses an object or warns of a field that it does not know; all such objects are named.
    pub fn apply(&self, objects: &[Value]) {
        apply::apply(&self.server.client, objects);
    }

    /// Makes the server know namespaced custom kinds, given as API version and kind.
    pub fn define(&self, kinds: &[(&str, &str)]) {
        let example = |(api_version, kind): &(&str, &str)| json!({"apiVersion": api_version, "kind": kind, "metadata": {"namespace": "default"}});
        let examples: Vec<Value> = kinds.iter().map(example).collect();
        apply::define(&self.server.client, &examples);
    }

    /// Writes a kubeconfig of the administrator to `folder`, for servers that outlive a [`Kubeconfig`].
    pub fn write_kubeconfig(&self, folder: &Path) -> PathBuf {
        self.server.write_kubeconfig(folder)
    }

    /// Why the server would not take objects; it keeps none of them. Fields that it does not know count, in a
    /// status too. Custom kinds are not looked at, and namespaces need not exist.
    pub fn refusals(&self, objects: &[Value]) -> Vec<String> {
        dry_run::refusals(&self.server.client, objects)
    }

    /// Sends a request as the administrator, a merge patch where the method is `PATCH`. An error holds the
    /// server's words, after the status: `404 pods "web" not found`.
    pub fn request(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        self.server.client.send(method.clone(), path, body)
    }

    /// The requests that `user` has made so far (those of [`ControlPlane::admin`] are not recorded), in the order of
    /// their answers; the last may be written down a moment after it was received. A watch is in it once, from its start on.
    pub fn requests_of(&self, user: &User) -> Vec<Request> {
        audit::requests_of(&user.name, &self.server.folder)
    }

    /// `https://127.0.0.1:PORT`
    pub fn server(&self) -> &str {
        &self.server.client.server
    }

    /// The file with the certificate of the server's authority.
    pub fn authority(&self) -> &Path {
        &self.server.client.authority
    }
}
