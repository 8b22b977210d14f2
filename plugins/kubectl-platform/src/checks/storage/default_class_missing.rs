//! storage/default-class-missing: No storage class is the default, and claims need one.
//!
//! Claims that name no class wait for ever, and with them the pods that mount them. As soon as a class
//! is the default, they get it.
//!
//! Make one the default: `kubectl annotate storageclass NAME
//! storageclass.kubernetes.io/is-default-class=true --overwrite`, in Git.

use shared::facts::kinds::storage::{PersistentVolumeClaim, StorageClass};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::volumes::claim::{self, Class};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::PersistentVolumeClaim),
    declared(Kind::StorageClass).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let claims = view.all::<PersistentVolumeClaim>().iter();
    let waiting = claims.filter(|claim| {
        claim::is_pending(claim, view.now())
            && matches!(claim::class(view, claim), Class::NoDefault)
    });
    let count = waiting.count();
    // Where there are several nobody can tell which was to be the default: the claims say it then.
    let [class] = view.all::<StorageClass>() else {
        return;
    };
    if count > 0 {
        let name = &class.metadata.name;
        let message = format!(
            "class {name} is the only one and not the default: claims without a class wait ({count})"
        );
        let remedy = command!(
            "kubectl annotate storageclass {} storageclass.kubernetes.io/is-default-class=true --overwrite",
            name
        );
        found.error(class, message).remedy(remedy);
    }
}
