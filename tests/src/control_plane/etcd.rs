//! The store that all API servers of a test process share, each below a prefix of its own.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::process::{Process, folder, free_port};
use crate::wait::eventually;

struct Etcd {
    url: String,
    _process: Process,
}

/// The address of the store, which is started when it is first asked for.
pub(super) fn url() -> &'static str {
    static ETCD: OnceLock<Etcd> = OnceLock::new();
    &ETCD.get_or_init(start).url
}

fn start() -> Etcd {
    let folder = folder("etcd-");
    // A port that was free may be taken a moment later; the server then ends at once.
    for _ in 0..5 {
        if let Some(etcd) = try_start(folder.clone()) {
            return etcd;
        }
    }
    panic!(
        "etcd does not start: see {}",
        folder.join("etcd.log").display()
    );
}

fn try_start(folder: PathBuf) -> Option<Etcd> {
    let url = format!("http://127.0.0.1:{}", free_port());
    let peer = format!("http://127.0.0.1:{}", free_port());
    let arguments = [
        format!("--data-dir={}", folder.join("data").display()),
        format!("--listen-client-urls={url}"),
        format!("--advertise-client-urls={url}"),
        format!("--listen-peer-urls={peer}"),
        format!("--initial-advertise-peer-urls={peer}"),
        format!("--initial-cluster=default={peer}"),
        "--unsafe-no-fsync".to_owned(),
        "--log-level=warn".to_owned(),
    ];
    let mut process = Process::start("etcd", &arguments, &folder);
    let address = url.trim_start_matches("http://");
    let up = eventually("etcd", || match process.check() {
        Err(_) => Ok(false),
        Ok(()) => match std::net::TcpStream::connect(address) {
            Ok(_) => Ok(true),
            Err(why) => Err(why.to_string()),
        },
    });
    up.then_some(Etcd {
        url,
        _process: process,
    })
}
