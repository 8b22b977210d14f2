//! What names resolve to today, as this machine's own resolver has it, or a name server that is named.

mod asking;
mod server;

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::record::Record;
use asking::{Answers, answers};
pub(super) use server::NameServer;

/// The label that stands for any of a wildcard record.
const ANY: &str = "any-name-at-all";

/// Asks what each record's name resolves to, and notes whether that is right. A name whose answer
/// comes too late stays unknown.
pub(super) fn ask(records: &mut [Record], server: Option<NameServer>) {
    let names = records.iter().flat_map(|record| {
        let aliased = record.values.iter().filter(|_| record.r#type == "CNAME");
        aliased.cloned().chain([asked(&record.name)])
    });
    let answers = answers(names.collect(), server);
    let families: BTreeSet<(String, &str)> = records
        .iter()
        .map(|record| (record.name.clone(), record.r#type))
        .collect();
    for record in records {
        let Some(Some(found)) = answers.get(&asked(&record.name)) else {
            continue;
        };
        let has_other = |r#type| families.contains(&(record.name.clone(), r#type));
        let other = has_other("A") && has_other("AAAA");
        record.is_right = is_right(record, found, other, &answers);
        record.resolves_to = Some(found.iter().copied().collect());
    }
}

/// Right is a name that leads to the addresses, or to some of them, and to no other. Of addresses
/// of the other family another record tells, where the name has one: else they lead elsewhere.
fn is_right(
    record: &Record,
    found: &BTreeSet<IpAddr>,
    has_other: bool,
    answers: &Answers,
) -> Option<bool> {
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
    let is_own = |address: &IpAddr| match record.r#type {
        "A" => address.is_ipv4(),
        "AAAA" => address.is_ipv6(),
        _ => true,
    };
    let mut own = found.iter().filter(|address| is_own(address)).peekable();
    let is_led = own.peek().is_some() && own.all(|address| wanted.contains(address));
    Some(is_led && (has_other || found.iter().all(is_own)))
}

fn asked(name: &str) -> String {
    name.strip_prefix('*')
        .map_or(name.to_owned(), |rest| format!("{ANY}{rest}"))
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
        for (record, found, has_other, expected) in [
            (
                record("A", &["192.0.2.1", "192.0.2.2"]),
                &["192.0.2.2"][..],
                false,
                Some(true),
            ),
            (
                record("A", &["192.0.2.1"]),
                &["192.0.2.1", "192.0.2.9"],
                false,
                Some(false),
            ),
            (
                record("A", &["192.0.2.1"]),
                &["192.0.2.1", "2001:db8::1"],
                true,
                Some(true),
            ),
            (
                record("A", &["192.0.2.1"]),
                &["192.0.2.1", "2001:db8::1"],
                false,
                Some(false),
            ),
            (
                record("AAAA", &["2001:db8::1"]),
                &["192.0.2.1"],
                true,
                Some(false),
            ),
            (record("A", &["192.0.2.1"]), &[], false, Some(false)),
            (
                record("CNAME", &["lb.example.net"]),
                &["192.0.2.1"],
                false,
                Some(true),
            ),
            (
                record("CNAME", &["lb.example.net"]),
                &["192.0.2.2"],
                false,
                Some(false),
            ),
            (
                record("CNAME", &["late.example.net"]),
                &["192.0.2.1"],
                false,
                None,
            ),
        ] {
            assert_eq!(
                is_right(&record, &addresses(found), has_other, &lb),
                expected,
                "{record:?} {found:?}"
            );
        }
    }
}
