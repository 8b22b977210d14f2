//! The DNS records that the hosts of all routes need.

mod alone;
mod hosts;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use shared::facts::{Facts, Kind, Need, View, declared};
use shared::object::ObjectRef;

use super::address::Answer;
use super::target;
use hosts::Host;

/// What is looked at for records, and for addresses.
pub(super) const NEEDS: &[Need] = &{
    let [a, b, c, d, e, f, g, h, i, j, k] = target::NEEDS;
    [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        i,
        j,
        k,
        declared(Kind::Ingress),
        declared(Kind::IngressRoute),
        declared(Kind::IngressRouteTcp),
        declared(Kind::IngressRouteUdp),
        declared(Kind::HttpRoute),
        declared(Kind::GrpcRoute),
        declared(Kind::TlsRoute),
        declared(Kind::TcpRoute),
    ]
};

/// The type of a record that leads to another name.
pub(super) const ALIAS: &str = "CNAME";

/// One record: a name, and the addresses that it is to have.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cluster: Option<String>,
    pub(super) name: String,
    pub(super) r#type: &'static str,
    pub(super) values: Vec<String>,
    /// The routes that have this host.
    pub(super) needed_by: Vec<ObjectRef>,
    /// What the name resolves to today; absent where nobody was asked, or the answer came too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resolves_to: Option<Vec<IpAddr>>,
    /// Whether that is right; absent where it cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_right: Option<bool>,
}

/// The records that one cluster's hosts need, by name; and what is to be said of hosts that get none.
pub(super) fn all(facts: &Facts, answers: &[Answer]) -> (Vec<Record>, Vec<String>) {
    let view = View::new(facts, NEEDS);
    let default: Vec<String> = answers
        .iter()
        .flat_map(|answer| answer.addresses.clone())
        .collect();
    let mut all: BTreeMap<(String, &'static str), Record> = BTreeMap::new();
    let hosts = hosts::all(&view, &default);
    let refused = hosts.refused.iter();
    let mut notes: Vec<_> = refused
        .map(|(name, by)| format!("no DNS record can have the name that {by} has: {name}"))
        .collect();
    for host in hosts.all {
        for address in &host.addresses {
            let key = (host.name.clone(), kind_of(address));
            let record = all
                .entry(key)
                .or_insert_with(|| empty(facts, &host, address));
            push(&mut record.values, address);
            push(&mut record.needed_by, &host.by);
        }
    }
    let mut all = all.into_values().collect();
    notes.extend(alone::keep(&mut all));
    (all, notes)
}

fn empty(facts: &Facts, host: &Host, address: &str) -> Record {
    Record {
        cluster: facts.cluster.clone(),
        name: host.name.clone(),
        r#type: kind_of(address),
        values: Vec::new(),
        needed_by: Vec::new(),
        resolves_to: None,
        is_right: None,
    }
}

fn push<T: PartialEq + Clone>(all: &mut Vec<T>, one: &T) {
    if !all.contains(one) {
        all.push(one.clone());
    }
}

/// The type of the record that leads to an address: of one that is a name, an alias.
fn kind_of(address: &str) -> &'static str {
    match address.parse() {
        Ok(IpAddr::V4(_)) => "A",
        Ok(IpAddr::V6(_)) => "AAAA",
        Err(_) => ALIAS,
    }
}
