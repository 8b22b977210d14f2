//! Controllers, scheduler and simulated nodes at work on an API server.

use super::api_server::ApiServer;
use crate::process::{Process, free_port};
use crate::wait::eventually;

/// What nodes and pods become.
const STAGES: &str = include_str!("stages.yaml");

pub(super) struct Machinery {
    _processes: [Process; 3],
}

impl Machinery {
    /// Starts all three, and waits until the controllers have begun.
    pub(super) fn start(server: &ApiServer) -> Machinery {
        let folder = &server.folder;
        let file = |name: &str| folder.join(name).display().to_string();
        std::fs::write(folder.join("stages.yaml"), STAGES).unwrap();
        let kubeconfig = format!("--kubeconfig={}", server.write_kubeconfig(folder).display());

        let controllers = [
            kubeconfig.clone(),
            "--leader-elect=false".to_owned(),
            "--secure-port=0".to_owned(),
            format!("--service-account-private-key-file={}", file("sa.key")),
            format!("--root-ca-file={}", file("ca.crt")),
        ];
        // The scheduler's port cannot be closed; nobody asks it.
        let scheduler = [
            kubeconfig.clone(),
            "--leader-elect=false".to_owned(),
            "--bind-address=127.0.0.1".to_owned(),
            format!("--secure-port={}", free_port()),
        ];
        let nodes = [
            kubeconfig,
            "--manage-all-nodes=true".to_owned(),
            format!("--config={}", file("stages.yaml")),
            "--node-lease-duration-seconds=40".to_owned(),
        ];
        let machinery = Machinery {
            _processes: [
                Process::start("kube-controller-manager", &controllers, folder),
                Process::start("kube-scheduler", &scheduler, folder),
                Process::start("kwok", &nodes, folder),
            ],
        };
        eventually("kube-controller-manager", || {
            server
                .client
                .get("/api/v1/namespaces/default/serviceaccounts/default")
        });
        machinery
    }
}
