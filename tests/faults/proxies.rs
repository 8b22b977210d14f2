//! Proxies of the kubeconfig: asked for the way, with the user's name and password.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rcgen::{CertificateParams, CertifiedKey, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tests::mock::Mock;
use tests::program::{Outcome, command, outcome};

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

/// A way to a server that is encrypted up to here.
fn encrypted(server: &str, pair: CertifiedKey<KeyPair>) -> String {
    let key = PrivateKeyDer::try_from(pair.signing_key.serialize_der()).unwrap();
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![pair.cert.der().clone()], key)
            .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let server = server.trim_start_matches("http://").to_owned();
    let config = Arc::new(config);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (server, config) = (server.clone(), config.clone());
            thread::spawn(move || {
                let session = rustls::ServerConnection::new(config).unwrap();
                let client = rustls::StreamOwned::new(session, client);
                pass_on(client, TcpStream::connect(server).unwrap())
            });
        }
    });
    address
}

/// Passes questions and answers on by turns, for here each is one write.
fn pass_on(mut client: impl Read + Write, mut server: TcpStream) -> io::Result<()> {
    let mut bytes = [0; 1 << 16];
    loop {
        let asked = client.read(&mut bytes)?;
        server.write_all(&bytes[..asked])?;
        let answered = server.read(&mut bytes)?;
        if asked == 0 || answered == 0 {
            return Ok(());
        }
        client.write_all(&bytes[..answered])?;
    }
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

/// A proxy that leads to one server, whatever it is asked for; it tells who asked for what.
/// See <https://www.rfc-editor.org/rfc/rfc1928> and <https://www.rfc-editor.org/rfc/rfc1929>.
fn socks(server: &str) -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = server.trim_start_matches("http://").to_owned();
    let (tell, asked) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (server, tell) = (server.clone(), tell.clone());
            thread::spawn(move || lead(client, &server, &tell));
        }
    });
    (address, asked)
}

fn lead(
    mut client: TcpStream,
    server: &str,
    tell: &std::sync::mpsc::Sender<String>,
) -> io::Result<()> {
    let read = |client: &mut TcpStream, length: usize| {
        let mut bytes = vec![0; length];
        client.read_exact(&mut bytes).map(|()| bytes)
    };
    let text = |client: &mut TcpStream| {
        let length = read(client, 1)?[0];
        read(client, length.into()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let methods = read(&mut client, 2)?[1];
    read(&mut client, methods.into())?;
    client.write_all(&[5, 2])?;
    read(&mut client, 1)?;
    let (user, password) = (text(&mut client)?, text(&mut client)?);
    client.write_all(&[1, 0])?;
    read(&mut client, 4)?;
    let host = text(&mut client)?;
    let port = read(&mut client, 2)?;
    let port = u16::from_be_bytes([port[0], port[1]]);
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    let _ = tell.send(format!("{user}:{password} {host}:{port}"));
    let mut to = TcpStream::connect(server)?;
    let (mut back, mut out) = (to.try_clone()?, client.try_clone()?);
    thread::spawn(move || io::copy(&mut back, &mut out));
    io::copy(&mut client, &mut to).map(|_| ())
}
