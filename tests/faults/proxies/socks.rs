//! A SOCKS proxy.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// A proxy that leads to one server, whatever it is asked for; it tells who asked for what.
/// See <https://www.rfc-editor.org/rfc/rfc1928> and <https://www.rfc-editor.org/rfc/rfc1929>.
pub(super) fn socks(server: &str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = server.trim_start_matches("http://").to_owned();
    let (tell, asked) = mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (server, tell) = (server.clone(), tell.clone());
            thread::spawn(move || lead(client, &server, &tell));
        }
    });
    (address, asked)
}

fn lead(mut client: TcpStream, server: &str, tell: &Sender<String>) -> io::Result<()> {
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
