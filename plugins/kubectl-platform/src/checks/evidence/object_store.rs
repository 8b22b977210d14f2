//! Where backups go: what a backup, or a database that archives, cannot do without.
//!
//! A check that uses this lists `Custom`.

use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::{operator, words};

/// CloudNativePG's groups: its own, and its plugin's for backups.
const GROUPS: [&str; 2] = ["postgresql.cnpg.io", "barmancloud.cnpg.io"];

/// The object stores that a custom resource writes to, where its message is about that: its own, that of
/// the cluster it is a backup of, and those beside them.
pub(in crate::checks) fn behind<'a>(
    view: &View<'a>,
    custom: &'a Custom,
    message: &str,
) -> Vec<&'a Custom> {
    if custom.kind == "BackupStorageLocation" {
        return vec![custom];
    }
    let is_backup = custom.kind == "Backup";
    let is_asked = is_backup || message.contains("rchiv") || message.contains("barman");
    if !is_asked || !GROUPS.contains(&custom.group()) {
        return Vec::new();
    }
    let cluster = custom.spec.text("cluster.name");
    let all = view.all::<Custom>().iter();
    let beside = all.filter(|one| one.metadata.namespace == custom.metadata.namespace);
    beside
        .filter(|one| {
            let is_of_it = is_backup && one.kind == "Cluster" && one.metadata.name == cluster;
            let is_store = one.kind == "ObjectStore";
            std::ptr::eq(*one, custom) || (GROUPS.contains(&one.group()) && (is_of_it || is_store))
        })
        .collect()
}

/// The others that fail for an object store at the same host.
fn sharing<'a>(view: &View<'a>, custom: &'a Custom, message: &str) -> Vec<ObjectRef> {
    // A backup fails as the cluster does whose it is, and never the other way round.
    let hosts = |custom: &'a Custom, message: &str| {
        let stores = behind(view, custom, message).into_iter();
        let stores = stores.filter(|_| custom.kind != "Backup");
        let hosts = stores.map(|store| store.spec.store_host());
        hosts.filter(|host| !host.is_empty()).collect::<Vec<_>>()
    };
    let own = hosts(custom, message);
    let others = view.all::<Custom>().iter().filter(|other| {
        let health = (!own.is_empty() && !std::ptr::eq(*other, custom))
            .then(|| operator::unwell(view, other));
        health.flatten().is_some_and(|health| {
            let said = words::told(&health);
            hosts(other, &said).iter().any(|host| own.contains(host))
        })
    });
    others.map(Fact::reference).collect()
}

/// What a custom resource cannot do without for its object stores, and who fails for one of them too.
pub(in crate::checks) fn needed<'a>(
    view: &View<'a>,
    custom: &'a Custom,
    message: &str,
) -> Vec<ObjectRef> {
    let stores = behind(view, custom, message).into_iter();
    let needed = stores.flat_map(|one| secrets(one).chain(services(one)));
    needed.chain(sharing(view, custom, message)).collect()
}

/// The Secrets that an object store is opened with.
pub(in crate::checks) fn secrets(store: &Custom) -> impl Iterator<Item = ObjectRef> {
    let namespace = &store.metadata.namespace;
    let names = store.spec.store_secrets();
    names.map(move |name| Kind::Secret.object(namespace, name))
}

/// The Services that it is reached by, where it is in the cluster.
pub(in crate::checks) fn services(store: &Custom) -> Vec<ObjectRef> {
    let hosts = store.spec.store_services();
    let services = hosts.seen_from(&store.metadata.namespace);
    services
        .map(|(namespace, name)| Kind::Service.object(namespace, name))
        .collect()
}
