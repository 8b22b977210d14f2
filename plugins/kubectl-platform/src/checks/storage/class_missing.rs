//! storage/class-missing: A storage class that claims ask for does not exist.
//!
//! Nobody makes volumes for these claims, so the pods that mount them cannot start. A claim's class
//! cannot be changed once it is made.
//!
//! `kubectl get storageclass` lists the classes that there are. Make the missing one (mostly it comes with the storage
//! driver's chart), or correct the name and delete the claims so that they are made anew.

use std::collections::BTreeMap;

use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::volumes::claim::{self, Class};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::PersistentVolumeClaim),
    declared(Kind::StorageClass).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut missing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for claim in view.all::<PersistentVolumeClaim>() {
        if !claim::is_pending(claim, view.now()) {
            continue;
        }
        if let Class::Missing(name) = claim::class(view, claim) {
            missing
                .entry(name)
                .or_default()
                .push(claim.reference().to_string());
        }
    }
    for (name, claims) in missing {
        let class = ObjectRef::new("storage.k8s.io/v1", "StorageClass", "", name);
        let message = format!(
            "StorageClass {name} does not exist: {} wait for it",
            claims.join(", ")
        );
        found
            .missing(Level::Error, class, message)
            .remedy("kubectl get storageclass");
    }
}
