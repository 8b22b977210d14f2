//! Argo CD: applies what Git describes.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["argoproj.io"],
    names: &["argocd", "argo-cd"],
    ..Component::NONE
};
