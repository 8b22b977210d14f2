//! The encrypted files that a Kustomization builds.

use shared::facts::kinds::flux_apply::Kustomization;

use crate::cluster;
use crate::seen::Seen;
use crate::tree::{File, Form, Sealed};

/// The encrypted files of the tree that a Kustomization of the cluster builds.
pub(in crate::checks) fn sealed<'a>(
    seen: &'a Seen<'_>,
    cluster: &'a cluster::Seen,
    kustomization: &Kustomization,
) -> impl Iterator<Item = (&'a File, &'a Sealed)> + use<'a> {
    let files = cluster.files(kustomization).iter();
    let files = files.filter_map(|number| seen.tree.files.get(*number));
    files.filter_map(|file| match &file.form {
        Form::Sealed(sealed) => Some((file, &**sealed)),
        _ => None,
    })
}

/// Whether any Kustomization of the cluster builds an encrypted file of the tree.
pub(in crate::checks) fn builds_any(seen: &Seen<'_>, cluster: &cluster::Seen) -> bool {
    let users = cluster.users.iter().map(|user| &user.kustomization);
    let mut all = users.chain(&cluster.others);
    all.any(|one| sealed(seen, cluster, one).next().is_some())
}
