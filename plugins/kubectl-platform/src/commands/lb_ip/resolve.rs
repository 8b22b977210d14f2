//! What names resolve to today, as this machine's own resolver has it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::record::Record;

/// How long all answers together may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many are asked at a time.
const AT_A_TIME: usize = 16;

/// The label that stands for any of a wildcard record.
const ANY: &str = "any-name-at-all";

/// Asks what each record's name resolves to, and notes whether that is right. A name whose answer
/// comes too late stays unknown.
pub(super) fn ask(records: &mut [Record]) {
    let names = records.iter().flat_map(|record| {
        let aliased = record.values.iter().filter(|_| record.r#type == "CNAME");
        aliased.cloned().chain([asked(&record.name)])
    });
    let answers = answers(names.collect());
    for record in records {
        let Some(Some(found)) = answers.get(&asked(&record.name)) else {
            continue;
        };
        record.is_right = is_right(record, found, &answers);
        record.resolves_to = Some(found.iter().copied().collect());
    }
}

type Answers = BTreeMap<String, Option<BTreeSet<IpAddr>>>;

/// Right is a name that leads to the addresses, or to some of them, and to no other; of the other
/// family another record tells.
fn is_right(record: &Record, found: &BTreeSet<IpAddr>, answers: &Answers) -> Option<bool> {
    let wanted: BTreeSet<IpAddr> = if record.r#type == "CNAME" {
        let targets = record.values.iter().map(|name| answers.get(name)?.as_ref());
        targets
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .flatten()
            .copied()
            .collect()
    } else {
        record
            .values
            .iter()
            .filter_map(|value| value.parse().ok())
            .collect()
    };
    let is_comparable = |address: &&IpAddr| match record.r#type {
        "A" => address.is_ipv4(),
        "AAAA" => address.is_ipv6(),
        _ => true,
    };
    let mut found = found.iter().filter(is_comparable).peekable();
    Some(found.peek().is_some() && found.all(|address| wanted.contains(address)))
}

fn asked(name: &str) -> String {
    name.strip_prefix('*')
        .map_or(name.to_owned(), |rest| format!("{ANY}{rest}"))
}

/// The answers that come in time. Threads that still wait for one are left to themselves: they end
/// with the program.
fn answers(names: BTreeSet<String>) -> Answers {
    let count = names.len();
    let left = Arc::new(Mutex::new(VecDeque::from_iter(names)));
    let (sender, receiver) = mpsc::channel();
    for _ in 0..count.min(AT_A_TIME) {
        let (left, sender) = (Arc::clone(&left), sender.clone());
        thread::spawn(move || {
            while let Some(name) = left.lock().ok().and_then(|mut left| left.pop_front()) {
                let answer = resolve(&name);
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

/// The addresses of a name: none where it does not exist, nothing where nobody could be asked.
fn resolve(name: &str) -> Option<BTreeSet<IpAddr>> {
    match (name, 0).to_socket_addrs() {
        Ok(all) => Some(all.map(|address| address.ip()).collect()),
        Err(error) if is_refused(&error) => None,
        Err(_) => Some(BTreeSet::new()),
    }
}

/// Whether the resolver itself failed, rather than said that there is no such name.
fn is_refused(error: &io::Error) -> bool {
    let told = error.to_string().to_ascii_lowercase();
    told.contains("temporary failure") || told.contains("try again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(r#type: &'static str, values: &[&str]) -> Record {
        Record {
            cluster: None,
            name: "auth.almckay.io".to_owned(),
            r#type,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            needed_by: Vec::new(),
            resolves_to: None,
            is_right: None,
        }
    }

    fn addresses(all: &[&str]) -> BTreeSet<IpAddr> {
        all.iter().map(|address| address.parse().unwrap()).collect()
    }

    #[test]
    fn a_name_is_right_that_leads_to_some_of_the_addresses_and_to_no_other() {
        let lb: Answers = [("lb.example.net".to_owned(), Some(addresses(&["192.0.2.1"])))].into();
        for (record, found, expected) in [
            (
                record("A", &["192.0.2.1", "192.0.2.2"]),
                &["192.0.2.2"][..],
                Some(true),
            ),
            (
                record("A", &["192.0.2.1"]),
                &["192.0.2.1", "192.0.2.9"],
                Some(false),
            ),
            (
                record("A", &["192.0.2.1"]),
                &["192.0.2.1", "2001:db8::1"],
                Some(true),
            ),
            (
                record("AAAA", &["2001:db8::1"]),
                &["192.0.2.1"],
                Some(false),
            ),
            (record("A", &["192.0.2.1"]), &[], Some(false)),
            (
                record("CNAME", &["lb.example.net"]),
                &["192.0.2.1"],
                Some(true),
            ),
            (
                record("CNAME", &["lb.example.net"]),
                &["192.0.2.2"],
                Some(false),
            ),
            (record("CNAME", &["late.example.net"]), &["192.0.2.1"], None),
        ] {
            assert_eq!(
                is_right(&record, &addresses(found), &lb),
                expected,
                "{record:?} {found:?}"
            );
        }
    }

    #[test]
    fn addresses_need_no_resolver() {
        let found = answers(["192.0.2.1".to_owned(), "2001:db8::1".to_owned()].into());
        assert_eq!(found["192.0.2.1"], Some(addresses(&["192.0.2.1"])));
        assert_eq!(found["2001:db8::1"], Some(addresses(&["2001:db8::1"])));
    }
}
