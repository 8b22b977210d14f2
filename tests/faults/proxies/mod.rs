//! Proxies of the kubeconfig: asked for the way, with the user's name and password.

mod encrypted;
mod socks;

use std::fs;
use std::path::Path;

use rcgen::{CertificateParams, CertifiedKey, KeyPair};
use tests::mock::Mock;
use tests::program::{Outcome, command, outcome};

use encrypted::encrypted;
use socks::socks;

use crate::servers::{CHECK, LIST, kustomization, list, mock};

/// A name that no resolver knows: only the proxy leads there.
const SERVER: &str = "http://cluster.almckay.io:8080";

fn platform() -> Mock {
    mock(|asked, _| match asked.path.split('?').next() {
        Some(LIST) => list(&[kustomization("apps", "infra")], ""),
        _ => list(&[], ""),
    })
}

/// What `validate` says of a cluster behind a proxy.
fn through(proxy: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    with_authority(proxy, "", folder.path())
}

/// The same, where the cluster's authority is the one of these certificates.
fn with_authority(proxy: &str, certificates: &str, folder: &Path) -> Outcome {
    let (path, authority) = (folder.join("config"), folder.join("ca.crt"));
    fs::write(&authority, certificates).unwrap();
    let authority = match certificates {
        "" => String::new(),
        _ => format!(", certificate-authority: '{}'", authority.display()),
    };
    let text = format!(
        "apiVersion: v1
kind: Config
current-context: infra
contexts: [{{name: infra, context: {{cluster: infra}}}}]
clusters: [{{name: infra, cluster: {{server: '{SERVER}', proxy-url: '{proxy}'{authority}}}}}]
"
    );
    fs::write(&path, text).unwrap();
    let mut command = command("kubectl-platform");
    let words = ["validate", "--check", CHECK, "--request-timeout", "5s"];
    outcome(command.args(words).arg("--kubeconfig").arg(path))
}

fn with_user(server: &str, scheme: &str) -> String {
    server.replace("http://", &format!("{scheme}://infra:p%40ss@"))
}

#[test]
fn an_http_proxy_is_told_who_asks_and_leads_to_the_server() {
    let proxy = platform();
    let said = through(&with_user(&proxy.server, "http"));
    assert_eq!(said.status, Some(0), "{said:?}");
    let asked = proxy.asked();
    let mut ways = asked.iter().filter(|asked| asked.method == "CONNECT");
    let way = ways.next().unwrap();
    assert_eq!(way.path, "cluster.almckay.io:8080");
    // infra:p@ss
    let credentials = "proxy-authorization: basic aw5mcme6cebzcw==";
    assert!(
        way.headers.iter().any(|line| line == credentials),
        "{way:?}"
    );
    assert!(asked.iter().any(|asked| asked.path.starts_with(LIST)));
}

#[test]
fn the_way_to_an_https_proxy_is_encrypted_and_its_certificate_is_looked_at() {
    let proxy = platform();
    let key = KeyPair::generate().unwrap();
    let names = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let cert = names.self_signed(&key).unwrap();
    let pem = cert.pem();
    let encrypted = encrypted(
        &proxy.server,
        CertifiedKey {
            cert,
            signing_key: key,
        },
    );
    let folder = tempfile::tempdir().unwrap();
    let said = with_authority(&with_user(&encrypted, "https"), &pem, folder.path());
    assert_eq!(said.status, Some(0), "{said:?}");
    let asked = proxy.asked();
    assert!(asked.iter().any(|asked| asked.path.starts_with(LIST)));
    let before = asked.len();
    let said = with_authority(&with_user(&encrypted, "https"), "", folder.path());
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(said.stderr.contains("certificate"), "{said:?}");
    assert_eq!(proxy.asked().len(), before);
}

#[test]
fn a_socks_proxy_is_told_who_asks_and_resolves_the_servers_name() {
    let server = platform();
    for scheme in ["socks5", "socks5h"] {
        let (proxy, asked) = socks(&server.server);
        let said = through(&with_user(&proxy, scheme));
        assert_eq!(said.status, Some(0), "{said:?}");
        let asked: Vec<_> = asked.try_iter().collect();
        assert!(!asked.is_empty());
        assert!(
            asked
                .iter()
                .all(|way| way == "infra:p@ss cluster.almckay.io:8080"),
            "{asked:?}"
        );
    }
}

#[test]
fn a_proxy_of_an_unknown_kind_is_refused() {
    let said = through("ftp://proxy.almckay.io");
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(said.stderr.contains("proxy.almckay.io"), "{said:?}");
}
