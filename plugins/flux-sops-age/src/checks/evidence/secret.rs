//! The Secrets that a cluster decrypts with, and who does so, by their names.

use shared::decryption::Place;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::object::ObjectRef;

use crate::cluster;

/// The Secret as what a finding is about.
pub(in crate::checks) fn object(place: &Place) -> ObjectRef {
    ObjectRef::new("v1", "Secret", &place.namespace, &*place.name)
}

/// A Kustomization's name, for a message.
pub(in crate::checks) fn name(kustomization: &Kustomization) -> String {
    let meta = &kustomization.metadata;
    format!("Kustomization {}/{}", meta.namespace, meta.name)
}

/// `Kustomization flux-system/apps decrypts`, or those that do.
pub(in crate::checks) fn users(cluster: &cluster::Seen, place: &Place) -> String {
    let users = cluster
        .users
        .iter()
        .filter(|user| user.secret.as_ref() == Some(place));
    let names: Vec<String> = users.map(|user| name(&user.kustomization)).collect();
    match names.as_slice() {
        [one] => format!("{one} decrypts"),
        names => format!("{} decrypt", names.join(", ")),
    }
}
