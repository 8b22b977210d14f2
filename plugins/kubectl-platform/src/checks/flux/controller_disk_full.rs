//! flux/controller-disk-full: A controller of Flux has no room on its disk.
//!
//! It cannot write down what it fetches or builds, whatever that is: the volume, or the disk of its node, is
//! full. Nothing newer reaches the cluster.
//!
//! Make room on the node, or give the controller a larger volume (`/data`, `/tmp`). A restart empties an
//! `emptyDir`; what is fetched is fetched again.

use shared::facts::kinds::apps::Deployment;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::flux::{self, disk};
use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::services::users;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::Bucket),
    live(Kind::HelmRepository),
    live(Kind::HelmChart),
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (name, failed) in disk::full(view) {
        let Some((_, words)) = failed.first() else {
            continue;
        };
        let objects: Vec<_> = failed.iter().map(|(object, _)| object.clone()).collect();
        let told = format!(
            "its disk is full, so that {} fails: {}",
            users::listed(&objects),
            flux::one_line(words)
        );
        let controller = flux::controller(view, name);
        let (namespace, name) = (controller.namespace(), &controller.name);
        let remedy = command!(
            "kubectl -n {} rollout restart deployment/{}",
            namespace,
            name
        );
        let below = disk::below(view, &controller);
        let finding = match view.get::<Deployment>(namespace, name) {
            Some(deployment) => found.error(deployment, told),
            None => found.missing(Level::Error, controller, told),
        };
        finding.suspect(below).remedy(remedy);
    }
}
