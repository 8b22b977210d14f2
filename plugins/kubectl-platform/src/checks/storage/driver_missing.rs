//! storage/driver-missing: Nothing provisions volumes for a storage class.
//!
//! The class names a storage driver that the cluster does not know, and no workload looks like it, or
//! what looks like it is scaled to 0 while a claim waits. New claims of the class will wait for ever;
//! what is bound already goes on.
//!
//! Install the driver (its chart registers a CSIDriver), scale it up, or remove the class:
//! `kubectl get csidrivers`.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::storage::{CsiDriver, StorageClass};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::volumes::{claim, driver};
use crate::checks::evidence::words::remedy::{self, command};

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
        // Kubernetes' own need no driver.
        if provisioner.starts_with("kubernetes.io/") {
            continue;
        }
        let waits = claim::is_missed(view, class);
        let workloads = driver::workloads(view, provisioner);
        let own = workloads.iter().filter(|own| own.kind == "Deployment");
        for own in own.filter_map(|own| view.get::<Deployment>(own.namespace(), &own.name)) {
            if waits && own.spec.replicas == Some(0) {
                let meta = &own.metadata;
                let told = format!("is scaled to 0: nothing makes volumes of class {name}");
                found.error(own, told).remedy(command!(
                    "kubectl -n {} scale deployment {} --replicas 1",
                    meta.namespace,
                    meta.name
                ));
            }
        }
        // What is older than CSI registers nothing: that it misses is told where a claim waits for it.
        let mut words = provisioner.split(['.', '/']);
        let is_csi = words.any(|word| word.ends_with("csi"));
        let is_known = view.get::<CsiDriver>("", provisioner).is_some();
        if is_known || !workloads.is_empty() {
            continue;
        }
        let level = match (waits, is_csi) {
            (true, _) => Level::Error,
            (false, true) => Level::Warning,
            (false, false) => continue,
        };
        let message = format!("no driver {provisioner} is installed, which class {name} needs");
        found.about(level, class, message).remedy(if is_csi {
            "kubectl get csidrivers".to_owned()
        } else {
            remedy::describe(&class.reference())
        });
    }
}
