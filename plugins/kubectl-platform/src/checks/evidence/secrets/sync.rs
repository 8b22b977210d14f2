//! The controllers that write Secrets.

use shared::facts::Kind;

use crate::checks::evidence::controller::{self, Controller};

/// The External Secrets Operator.
pub(in crate::checks) const EXTERNAL_SECRETS: Controller = Controller {
    names: &["external-secrets"],
    kind: Kind::Deployment,
    home: "external-secrets",
    loss: "no ExternalSecret is fetched",
    install: controller::LOOK,
};

/// Sealed Secrets.
pub(in crate::checks) const SEALED_SECRETS: Controller = Controller {
    names: &["sealed-secrets-controller", "sealed-secrets"],
    kind: Kind::Deployment,
    home: "kube-system",
    loss: "no SealedSecret is unsealed",
    install: controller::LOOK,
};

/// Reflector, which copies Secrets to other namespaces.
pub(in crate::checks) const REFLECTOR: Controller = Controller {
    names: &["reflector"],
    kind: Kind::Deployment,
    home: "reflector-system",
    loss: "no copy of a Secret is made or kept current",
    install: controller::LOOK,
};
