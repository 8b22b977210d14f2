//! storage/driver-missing: Nothing provisions volumes for a storage class.
//!
//! The class names a storage driver that the cluster does not know, and no workload looks like it. New
//! claims of the class will wait for ever; what is bound already goes on.
//!
//! Install the driver (its chart registers a CSIDriver), or remove the class:
//! `kubectl get csidrivers`.

use shared::facts::kinds::storage::{CsiDriver, PersistentVolumeClaim, StorageClass};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::claim::{self, Class};
use crate::checks::evidence::driver;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::StorageClass),
    live(Kind::CsiDriver).lookup(),
    live(Kind::PersistentVolumeClaim).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::DaemonSet).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for class in view.all::<StorageClass>() {
        let (name, provisioner) = (&class.metadata.name, &class.provisioner);
        // What is older than CSI registers nothing.
        let is_csi = provisioner
            .split(['.', '/'])
            .any(|word| word.ends_with("csi"));
        let is_known = view.get::<CsiDriver>("", provisioner).is_some();
        if !is_csi || is_known || !driver::workloads(view, provisioner).is_empty() {
            continue;
        }
        let waits = view.all::<PersistentVolumeClaim>().iter().any(|claim| {
            claim::is_pending(claim, view.now())
                && matches!(claim::class(view, claim), Class::Known(known) if known.metadata.name == *name)
        });
        let level = if waits { Level::Error } else { Level::Warning };
        let message = format!("no driver {provisioner} is installed, which class {name} needs");
        found
            .about(level, class, message)
            .remedy("kubectl get csidrivers");
    }
}
