//! Asks for many names at once, for no longer than a person waits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::NameServer;

/// How long all answers together may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many are asked at a time.
const AT_A_TIME: usize = 16;

/// The addresses of each name, as far as anybody told.
pub(super) type Answers = BTreeMap<String, Option<BTreeSet<IpAddr>>>;

/// The answers that come in time. Threads that still wait for one are left to themselves: they end
/// with the program.
pub(super) fn answers(names: BTreeSet<String>, server: Option<NameServer>) -> Answers {
    let count = names.len();
    let left = Arc::new(Mutex::new(VecDeque::from_iter(names)));
    let (sender, receiver) = mpsc::channel();
    for _ in 0..count.min(AT_A_TIME) {
        let (left, sender) = (Arc::clone(&left), sender.clone());
        thread::spawn(move || {
            while let Some(name) = left.lock().ok().and_then(|mut left| left.pop_front()) {
                let answer = match server {
                    Some(server) => server.addresses(&name),
                    None => resolve(&name),
                };
                if sender.send((name, answer)).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    let end = Instant::now() + PATIENCE;
    let mut answers = Answers::new();
    while let Ok((name, answer)) =
        receiver.recv_timeout(end.saturating_duration_since(Instant::now()))
    {
        answers.insert(name, answer);
    }
    answers
}

/// The addresses of a name: none where it does not exist, nothing where nobody could tell.
fn resolve(name: &str) -> Option<BTreeSet<IpAddr>> {
    match (name, 0).to_socket_addrs() {
        Ok(all) => Some(all.map(|address| address.ip()).collect()),
        Err(error) if is_absent(&error) => Some(BTreeSet::new()),
        Err(_) => None,
    }
}

/// Whether the resolver said that there is no such name, in the words of the systems' libraries;
/// all else is a failure of its own.
fn is_absent(error: &io::Error) -> bool {
    let told = error.to_string().to_ascii_lowercase();
    let words = [
        "not known",
        "is known",
        "no address",
        "does not resolve",
        "no data",
    ];
    words.iter().any(|word| told.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_need_no_resolver() {
        let names = ["192.0.2.1".to_owned(), "2001:db8::1".to_owned()];
        let found = answers(names.into(), None);
        let only = |address: &str| Some(BTreeSet::from([address.parse().unwrap()]));
        assert_eq!(found["192.0.2.1"], only("192.0.2.1"));
        assert_eq!(found["2001:db8::1"], only("2001:db8::1"));
    }

    #[test]
    fn only_a_resolver_that_says_so_tells_that_a_name_does_not_exist() {
        let is_absent = |text: &str| is_absent(&io::Error::other(text));
        assert!(is_absent(
            "failed to lookup address information: Name or service not known"
        ));
        assert!(is_absent(
            "failed to lookup address information: Name does not resolve"
        ));
        assert!(!is_absent(
            "failed to lookup address information: Temporary failure in name resolution"
        ));
        assert!(!is_absent(
            "failed to lookup address information: Non-recoverable failure in name resolution"
        ));
    }
}
