//! What a custom resource names: in its message, in its specification, in its status.

use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

/// The custom resources beside it whose kind a message of it names: `referenced ImageRepository has not
/// been scanned yet`.
pub(in crate::checks) fn by_kind(view: &View<'_>, custom: &Custom, text: &str) -> Vec<ObjectRef> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let is_named = |other: &&Custom| {
        other.metadata.namespace == custom.metadata.namespace
            && other.group() == custom.group()
            && other.kind != custom.kind
            && words.contains(&other.kind.as_str())
    };
    let all = view.all::<Custom>().iter();
    all.filter(is_named).map(Fact::reference).collect()
}

/// What its fields name: others of its group and namespace that it is nothing without, and stores of
/// secrets.
pub(in crate::checks) fn by_fields(view: &View<'_>, custom: &Custom) -> Vec<ObjectRef> {
    const NAMED: [(&str, &str); 4] = [
        ("backupName", "Backup"),
        ("backupTargetName", "BackupTarget"),
        ("cluster.name", "Cluster"),
        ("storageLocation", "BackupStorageLocation"),
    ];
    let namespace = &custom.metadata.namespace;
    // Longhorn tells in the status where a backup is.
    let is_text =
        |key: &str, name: &str| custom.spec.text(key) == name || custom.status.text(key) == name;
    let is_named = |other: &&Custom| {
        let name = other.metadata.name.as_str();
        let mut named = NAMED.iter();
        other.group() == custom.group()
            && other.metadata.namespace == *namespace
            && named.any(|(key, kind)| other.kind == *kind && is_text(key, name))
    };
    let all = view.all::<Custom>().iter().filter(is_named);
    let kind = match custom.spec.text("secretStoreRefs.0.kind") {
        "ClusterSecretStore" => Kind::ClusterSecretStore,
        _ => Kind::SecretStore,
    };
    let store = custom.spec.text("secretStoreRefs.0.name");
    let store = (!store.is_empty()).then(|| kind.object(namespace, store));
    all.map(Fact::reference).chain(store).collect()
}
