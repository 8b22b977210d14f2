//! flux/controller-not-running: A controller of Flux does not run.
//!
//! Nothing is fetched (source-controller), applied (kustomize-controller, helm-controller) or
//! announced (notification-controller) meanwhile, while all objects keep the last status they got
//! and may look well.
//!
//! Find out why its pods do not run: `kubectl -n flux-system describe deployment NAME`. Where it was
//! scaled down, scale it up again.

use shared::facts::kinds::apps::Deployment;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::Assess;

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
];

const DUTIES: &[(&str, &str)] = &[
    ("source-controller", "nothing newer is fetched"),
    ("kustomize-controller", "no Kustomization is applied"),
    ("helm-controller", "no HelmRelease is installed or upgraded"),
    ("notification-controller", "no webhook is received and no alert is sent"),
    ("image-reflector-controller", "no new image is seen"),
    ("image-automation-controller", "no new image is written to Git"),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (name, duty) in DUTIES.iter().filter(|(name, _)| flux::is_needed(view, name)) {
        let object = flux::controller(view, name);
        let (namespace, remedy) = (object.namespace().to_owned(), "kubectl -n");
        let Some(deployment) = view.get::<Deployment>(&namespace, name) else {
            found
                .missing(Level::Error, object, format!("{name} is not installed: {duty}"))
                .remedy("flux check");
            continue;
        };
        if deployment.spec.replicas == Some(0) {
            found
                .error(deployment, format!("{name} is scaled to 0: {duty}"))
                .remedy(format!("{remedy} {namespace} scale deployment/{name} --replicas=1"));
        } else if deployment.status.available_replicas == 0 {
            let health = deployment.health(view.now());
            let text = format!("{name} does not run: {duty} ({})", health.message);
            if let Some(finding) = found.unwell(deployment, &health, text) {
                finding.remedy(format!("{remedy} {namespace} describe deployment/{name}"));
            }
        }
    }
}
