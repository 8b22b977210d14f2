//! argo/controller-not-running: A part of Argo CD does not run.
//!
//! Nothing is compared or synced (application-controller, redis), rendered (repo-server) or generated
//! (applicationset-controller) meanwhile, while all Applications keep the last status they got and
//! may look well.
//!
//! Find out why its pods do not run, or where the Service is by which the others reach it. Where it was
//! scaled down, scale it up again.

use shared::facts::kinds::argo::Application;
use shared::facts::kinds::custom::Custom;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::argo::{APPLICATION_CONTROLLER, REDIS, REPO_SERVER};
use crate::checks::evidence::controller::{self, Controller};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).lookup(),
    live(Kind::StatefulSet).lookup(),
    live(Kind::Service).hint(),
];

const APPLICATION_SETS: Controller = Controller {
    names: &["argocd-applicationset-controller"],
    kind: Kind::Deployment,
    home: "argocd",
    loss: "no ApplicationSet makes Applications",
    install: controller::LOOK,
};

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    if view.all::<Application>().is_empty() {
        return;
    }
    let mut customs = view.all::<Custom>().iter();
    APPLICATION_CONTROLLER.look(view, found);
    REPO_SERVER.look(view, found);
    if !REDIS.runs_in(view).is_empty() {
        REDIS.look(view, found);
    }
    for controller in [&REPO_SERVER, &REDIS] {
        for service in controller.lost_services(view) {
            let told = format!(
                "Service {} does not exist: {}",
                service.name, controller.loss
            );
            let remedy = command!("kubectl -n {} get services", service.namespace());
            found.missing(Level::Error, service, told).remedy(remedy);
        }
    }
    if customs.any(|one| one.kind == "ApplicationSet") {
        APPLICATION_SETS.look(view, found);
    }
}
