//! A way to an API server that ends in the middle: what came so far arrived, and nothing after it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A way that ends.
pub struct Cut {
    /// The address to use instead of the server's.
    pub server: String,
}

impl Cut {
    /// A way to `server` on which the client's first `sendings` arrive; the next one closes it for good.
    pub fn after(sendings: usize, server: &str) -> Cut {
        let target = server.trim_start_matches("https://").to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let server = format!("https://{}", listener.local_addr().unwrap());
        let left = Arc::new(AtomicUsize::new(sendings));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if left.load(Ordering::SeqCst) == 0 {
                    continue;
                }
                let server = TcpStream::connect(&target).unwrap();
                let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let left = Arc::clone(&left);
                // A side that goes away ends both.
                thread::spawn(move || pass(back.0, back.1, || true));
                thread::spawn(move || {
                    let may = |count: usize| count.checked_sub(1);
                    pass(client, server, || {
                        let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, may);
                        taken.is_ok()
                    });
                });
            }
        });
        Cut { server }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, may: impl Fn() -> bool) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(count) if count > 0 && may() => {
                if to.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            _ => break,
        }
    }
    // One that is closed already is what we want.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
