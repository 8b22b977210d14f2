//! certificates/controller-not-running: A part of cert-manager does not run.
//!
//! Without the controller nothing is issued or renewed. Without the webhook the API server refuses
//! every change to certificates and issuers. Without cainjector that webhook, and others, have no
//! authority that the API server trusts.
//!
//! Where it was scaled to zero, scale it up again; else look at its pods.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::Assess;

use crate::checks::evidence::certificates::cert_manager::Part;
use crate::checks::evidence::controller::{self, Controller};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Deployment),
    live(Kind::Certificate).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

/// What is missed where there are certificates and nothing issues them. Its Service tells where it was.
const ISSUING: Controller = Controller {
    names: &["cert-manager"],
    kind: Kind::Deployment,
    home: "cert-manager",
    loss: Part::Controller.loss(),
    install: controller::LOOK,
};

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut deployments = view.all::<Deployment>().iter();
    let runs = deployments.any(|one| Part::of(one) == Some(Part::Controller));
    if !runs && !view.all::<Certificate>().is_empty() {
        ISSUING.look(view, found);
    }
    for deployment in view.all::<Deployment>() {
        let Some(part) = Part::of(deployment) else {
            continue;
        };
        let (object, lost) = (deployment.reference(), part.loss());
        let wanted = deployment.spec.replicas.unwrap_or(1);
        if deployment.status.available_replicas > 0 {
            continue;
        }
        if wanted == 0 {
            let finding = found.error(deployment, format!("is scaled to 0: {lost}"));
            finding.remedy(remedy::scale_up(&object));
            continue;
        }
        let health = deployment.health(view.now());
        let age = health.since.age(view.now());
        let level = Level::info_while(age.is_some_and(|age| age <= health.deadline));
        let told = format!("0 of {wanted} pods are available: {lost}");
        let finding = found.about(level, deployment, told);
        finding.remedy(remedy::describe(&object));
    }
}
