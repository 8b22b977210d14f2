//! What is encrypted on the way to a server.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{CertifiedKey, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// A way to a server that is encrypted up to here.
pub(super) fn encrypted(server: &str, pair: CertifiedKey<KeyPair>) -> String {
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
