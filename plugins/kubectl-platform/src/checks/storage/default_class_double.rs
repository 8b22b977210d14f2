//! storage/default-class-double: Several storage classes are the default.
//!
//! A claim that names no class gets the newest of them. Which one that is changes when a class is made
//! anew, so that data may land on storage that nobody meant.
//!
//! Let one be the default: `kubectl annotate storageclass NAME
//! storageclass.kubernetes.io/is-default-class=false --overwrite`, in Git. k3s makes its own `local-path` the default
//! again whenever its server starts, unless a file `local-storage.yaml.skip` stands beside the one that it is made of,
//! in `/var/lib/rancher/k3s/server/manifests`.

use shared::facts::kinds::storage::StorageClass;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::volumes::claim;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[declared(Kind::StorageClass)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut defaults: Vec<_> = view
        .all::<StorageClass>()
        .iter()
        .filter(|class| claim::is_default(class))
        .collect();
    // By age, and by name where they are as old: as the API server chooses.
    defaults.sort_by_key(|class| std::cmp::Reverse(class.metadata.creation_timestamp));
    let Some((newest, others)) = defaults.split_first() else {
        return;
    };
    // A folder may hold one class twice.
    for class in others
        .iter()
        .filter(|class| class.metadata.name != newest.metadata.name)
    {
        let name = &class.metadata.name;
        let mut message = format!(
            "class {name} is a default beside {}: claims without a class get the newer one",
            newest.metadata.name
        );
        if name == "local-path" {
            message += "; k3s makes it one again at its next start";
        }
        let remedy = command!(
            "kubectl annotate storageclass {} storageclass.kubernetes.io/is-default-class=false --overwrite",
            name
        );
        found.warning(*class, message).remedy(remedy);
    }
}
