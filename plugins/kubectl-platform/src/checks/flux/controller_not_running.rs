//! flux/controller-not-running: A controller of Flux does not run.
//!
//! Nothing is fetched (source-controller), applied (kustomize-controller, helm-controller) or
//! announced (notification-controller) meanwhile, while all objects keep the last status they got
//! and may look well.
//!
//! Find out why its pods do not run: `kubectl -n flux-system describe deployment NAME`. Where it was
//! scaled down, scale it up again. `flux install` brings back what is not installed, in the version of the command;
//! bootstrap left that of the cluster in `gotk-components.yaml`.

use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::controller::Controller;
use crate::checks::evidence::flux;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::Bucket),
    live(Kind::HelmRepository),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).lookup(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

const CONTROLLERS: &[Controller] = &[
    flux_controller(&["source-controller"], "nothing newer is fetched"),
    flux_controller(&["kustomize-controller"], "no Kustomization is applied"),
    flux_controller(
        &["helm-controller"],
        "no HelmRelease is installed or upgraded",
    ),
    flux_controller(
        &["notification-controller"],
        "no webhook is received, no alert is sent",
    ),
    Controller {
        install: flux::INSTALL_EXTRA,
        ..flux_controller(&["image-reflector-controller"], "no new image is seen")
    },
    Controller {
        install: flux::INSTALL_EXTRA,
        ..flux_controller(
            &["image-automation-controller"],
            "no new image is written to Git",
        )
    },
];

const fn flux_controller(names: &'static [&'static str], loss: &'static str) -> Controller {
    Controller {
        names,
        kind: Kind::Deployment,
        home: "flux-system",
        loss,
        install: flux::INSTALL,
    }
}

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let needed = |controller: &&Controller| flux::is_needed(view, controller.names[0]);
    for controller in CONTROLLERS.iter().filter(needed) {
        controller.look(view, found);
    }
}
