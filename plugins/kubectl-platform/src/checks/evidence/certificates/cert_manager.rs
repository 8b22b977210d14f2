//! cert-manager itself: its workloads, and where it looks for the Secrets of cluster issuers.
//!
//! A check that uses this hints at `Kind::Deployment`.

use shared::facts::kinds::apps::Deployment;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// Where cert-manager keeps the Secrets of ClusterIssuers if it was not told otherwise and does
/// not run where we can see it.
const DEFAULT_NAMESPACE: &str = "cert-manager";

/// One of cert-manager's workloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Part {
    /// Issues and renews.
    Controller,
    /// Writes the authority into webhooks, without which nothing can be applied.
    CaInjector,
    /// Judges what is applied.
    Webhook,
}

impl Part {
    /// Which part a Deployment is, by its image: charts and mirrors name the Deployment at will.
    pub(in crate::checks) fn of(deployment: &Deployment) -> Option<Self> {
        let mut containers = deployment.spec.template.spec.containers.iter();
        containers.find_map(|container| {
            let image = container.image_name().0;
            [
                ("cert-manager-controller", Self::Controller),
                ("cert-manager-cainjector", Self::CaInjector),
                ("cert-manager-webhook", Self::Webhook),
            ]
            .into_iter()
            .find(|(name, _)| image.ends_with(name))
            .map(|(_, part)| part)
        })
    }

    /// What does not happen without it.
    pub(in crate::checks) const fn loss(self) -> &'static str {
        match self {
            Self::Controller => "no certificate is issued or renewed",
            Self::CaInjector => "webhooks get no authority that the API server trusts",
            Self::Webhook => "certificates and issuers cannot be changed",
        }
    }
}

fn controllers<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Deployment> {
    let deployments = view.all::<Deployment>().iter();
    deployments.filter(|deployment| Part::of(deployment) == Some(Part::Controller))
}

/// What issues certificates: to be suspected where one is not issued.
pub(in crate::checks) fn issuing(view: &View<'_>) -> Vec<ObjectRef> {
    controllers(view).map(Fact::reference).collect()
}

/// The namespace in which an issuer's Secrets are: its own, for a ClusterIssuer (which has none)
/// the one that cert-manager was told, or runs in.
/// See <https://cert-manager.io/docs/configuration/#cluster-resource-namespace>.
pub(in crate::checks) fn namespace_of_secrets(view: &View<'_>, issuer_namespace: &str) -> String {
    if !issuer_namespace.is_empty() {
        return issuer_namespace.to_owned();
    }
    let Some(controller) = controllers(view).next() else {
        return DEFAULT_NAMESPACE.to_owned();
    };
    let mut containers = controller.spec.template.spec.containers.iter();
    containers
        .find_map(|container| container.args.value("--cluster-resource-namespace"))
        .filter(|told| !told.is_empty() && !told.starts_with("$("))
        .unwrap_or(&controller.metadata.namespace)
        .to_owned()
}
