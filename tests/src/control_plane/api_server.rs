//! A real kube-apiserver on a port of the loopback address.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::client::Client;
use super::{audit, etcd, keys, user};
use crate::process::{Process, folder, free_port, write_private};
use crate::wait::eventually;

/// What would change or refuse the objects of a fixture, which are to be stored as they were found
/// elsewhere: without the controllers that those rules count on.
const CHANGING: [&str; 13] = [
    "DefaultIngressClass",
    "DefaultStorageClass",
    "DefaultTolerationSeconds",
    "LimitRanger",
    "MutatingAdmissionWebhook",
    "PersistentVolumeClaimResize",
    "PodSecurity",
    "Priority",
    "ResourceQuota",
    "RuntimeClass",
    "ServiceAccount",
    "TaintNodesByCondition",
    "ValidatingAdmissionWebhook",
];

pub(super) struct ApiServer {
    pub(super) folder: PathBuf,
    pub(super) client: Client,
    _process: Process,
}

impl ApiServer {
    /// A server for objects that nothing moves: it stores what it is given.
    pub(super) fn still() -> ApiServer {
        ApiServer::start(&[format!(
            "--disable-admission-plugins={}",
            CHANGING.join(",")
        )])
    }

    /// A server for controllers at work. Admission is Kubernetes' own.
    pub(super) fn moving() -> ApiServer {
        ApiServer::start(&[])
    }

    /// Writes a kubeconfig of the administrator.
    pub(super) fn write_kubeconfig(&self, folder: &Path) -> PathBuf {
        let path = folder.join("kubeconfig");
        let text = self.client.kubeconfig(&user::User::admin()).to_string();
        write_private(&path, &text);
        path
    }

    fn start(more: &[String]) -> ApiServer {
        let folder = folder("kube-apiserver-");
        keys::write(&folder);
        user::write(&folder.join("tokens.csv"));
        audit::write_policy(&folder);
        let log = folder.join("kube-apiserver.log");
        // A port that was free may be taken a moment later; the server then ends at once.
        for _ in 0..3 {
            if let Some(server) = try_start(&folder, more) {
                return server;
            }
        }
        let log = std::fs::read_to_string(&log).unwrap_or_default();
        panic!("kube-apiserver does not start:\n{log}");
    }
}

fn try_start(folder: &Path, more: &[String]) -> Option<ApiServer> {
    let port = free_port();
    let arguments = [arguments(folder, port), more.to_vec()].concat();
    let mut process = Process::start("kube-apiserver", &arguments, folder);
    let client = Client::new(port, folder, user::User::admin());
    let up = eventually("kube-apiserver", || match process.check() {
        Err(_) => Ok(false),
        Ok(()) => is_ready(&client).map(|()| true),
    });
    up.then(|| ApiServer {
        folder: folder.to_owned(),
        client,
        _process: process,
    })
}

/// Namespaces are made by a controller in the server, a moment after it says that it is ready.
fn is_ready(client: &Client) -> Result<(), String> {
    client.text("/readyz")?;
    client.get("/api/v1/namespaces/default")?;
    client.get("/api/v1/namespaces/kube-system").map(drop)
}

fn arguments(folder: &Path, port: u16) -> Vec<String> {
    static SERVERS: AtomicUsize = AtomicUsize::new(0);
    let prefix = SERVERS.fetch_add(1, Ordering::Relaxed);
    let file = |name: &str| folder.join(name).display().to_string();
    vec![
        format!("--etcd-servers={}", etcd::url()),
        format!("--etcd-prefix=/server-{prefix}"),
        "--bind-address=127.0.0.1".to_owned(),
        "--advertise-address=127.0.0.1".to_owned(),
        format!("--secure-port={port}"),
        format!("--cert-dir={}", folder.display()),
        format!("--tls-cert-file={}", file("tls.crt")),
        format!("--tls-private-key-file={}", file("tls.key")),
        format!("--service-account-key-file={}", file("sa.pub")),
        format!("--service-account-signing-key-file={}", file("sa.key")),
        "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
        "--service-cluster-ip-range=10.96.0.0/16".to_owned(),
        "--authorization-mode=RBAC".to_owned(),
        format!("--token-auth-file={}", file("tokens.csv")),
        "--endpoint-reconciler-type=none".to_owned(),
        "--allow-privileged=true".to_owned(),
        format!("--audit-policy-file={}", file(audit::POLICY)),
        format!("--audit-log-path={}", file(audit::LOG)),
    ]
}
