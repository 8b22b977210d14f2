//! A real kustomize-controller, and sources for it without a Git server.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::control_plane::ControlPlane;
use crate::process::{Process, folder, free_port};

const SOURCE: &str = "source.toolkit.fluxcd.io/v1";

/// What the controller watches.
const KINDS: [(&str, &str); 4] = [
    ("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
    (SOURCE, "GitRepository"),
    (SOURCE, "OCIRepository"),
    (SOURCE, "Bucket"),
];

/// The Deployment of a kustomize-controller, as Flux installs it; where it is applied, nothing runs it.
pub fn deployment(version: &str, arguments: &[&str]) -> Value {
    let labels = json!({"app": "kustomize-controller"});
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "kustomize-controller", "namespace": "flux-system"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [{
                    "name": "manager", "image": format!("ghcr.io/fluxcd/kustomize-controller:{version}"),
                    "args": arguments,
                }]},
            },
        },
    })
}

/// kustomize-controller at work on a control plane. It reads a source's `status.artifact` and nothing else, so
/// that here stands in for source-controller: it serves what is published.
pub struct Flux<'a> {
    plane: &'a ControlPlane,
    artifact: Arc<Mutex<Vec<u8>>>,
    address: String,
    _controller: Process,
}

impl Flux<'_> {
    /// Starts the controller in the namespace `flux-system`.
    pub fn start(plane: &ControlPlane) -> Flux<'_> {
        plane.define(&KINDS);
        plane.apply(&[
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}}),
        ]);
        let folder = folder("flux-");
        let kubeconfig = plane.write_kubeconfig(&folder);
        let local = |flag: &str| format!("--{flag}=127.0.0.1:{}", free_port());
        let arguments = [
            local("metrics-addr"),
            local("health-addr"),
            "--events-addr=".to_owned(),
            "--enable-leader-election=false".to_owned(),
        ];
        let environment = [
            ("KUBECONFIG", kubeconfig.to_str().unwrap()),
            ("RUNTIME_NAMESPACE", "flux-system"),
        ];
        let controller =
            Process::start_with("kustomize-controller", &arguments, &environment, &folder);
        let artifact = Arc::default();
        let address = serve(Arc::clone(&artifact));
        Flux {
            plane,
            artifact,
            address,
            _controller: controller,
        }
    }

    /// Makes `files` (path and content) the content of the GitRepository `flux-system/flux-system`, as a commit
    /// would, and returns the revision.
    pub fn publish(&self, files: &[(String, Vec<u8>)]) -> String {
        self.publish_commit(files, None)
    }

    /// The same for a commit of a real repository: what it holds, and its hash.
    pub fn publish_commit(&self, files: &[(String, Vec<u8>)], commit: Option<&str>) -> String {
        let archive = pack(files);
        let digest: String = Sha256::digest(&archive)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let size = archive.len();
        *self.artifact.lock().unwrap() = archive;
        let revision = format!("main@sha1:{}", commit.unwrap_or(&digest[..40]));
        let now = jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        let repository = json!({
            "apiVersion": SOURCE,
            "kind": "GitRepository",
            "metadata": {"name": "flux-system", "namespace": "flux-system"},
            "spec": {"url": "https://git.almckay.io/infra", "interval": "1m"},
            "status": {
                "artifact": {
                    "url": format!("{}/{digest}.tar.gz", self.address),
                    "path": format!("{digest}.tar.gz"),
                    "revision": revision,
                    "digest": format!("sha256:{digest}"),
                    "lastUpdateTime": now,
                    "size": size,
                },
                "conditions": [{
                    "type": "Ready", "status": "True", "reason": "Succeeded", "message": "stored artifact",
                    "lastTransitionTime": now,
                }],
            },
        });
        self.plane.apply(&[repository]);
        revision
    }

    /// Asks the controller to look at a Kustomization in `flux-system` at once; returns what its status says as
    /// `lastHandledReconcileAt` when it has.
    pub fn reconcile(&self, kustomization: &str) -> String {
        let path = format!(
            "/apis/{}/namespaces/flux-system/kustomizations/{kustomization}",
            KINDS[0].0
        );
        let now = jiff::Timestamp::now().to_string();
        let patch = json!({"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": now}}});
        self.plane
            .request(&Method::PATCH, &path, Some(&patch))
            .unwrap();
        now
    }
}

fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, path, content.as_slice())
            .unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// Answers every request with the artifact of that moment.
fn serve(artifact: Arc<Mutex<Vec<u8>>>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let body = artifact.lock().unwrap().clone();
            // A client that goes away asks again.
            let _ = answer(stream, &body);
        }
    });
    address
}

fn answer(mut stream: TcpStream, body: &[u8]) -> std::io::Result<()> {
    // The request fits into one read: its head is short, and it has no body.
    let _ = stream.read(&mut [0; 4096])?;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}
