//! Flux: applies what Git describes.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["toolkit.fluxcd.io", "fluxcd.controlplane.io"],
    names: &[
        "flux",
        "flux2",
        "flux-operator",
        "flux-instance",
        "source-controller",
        "kustomize-controller",
        "helm-controller",
        "notification-controller",
        "image-automation-controller",
        "image-reflector-controller",
    ],
    ..Component::NONE
};
