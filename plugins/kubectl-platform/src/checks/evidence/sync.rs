//! The controllers that write Secrets.

use super::controller::Controller;

/// The External Secrets Operator.
pub(in crate::checks) const EXTERNAL_SECRETS: Controller = Controller {
    names: &["external-secrets"],
    home: "external-secrets",
    loss: "no ExternalSecret is fetched",
};

/// Sealed Secrets.
pub(in crate::checks) const SEALED_SECRETS: Controller = Controller {
    names: &["sealed-secrets-controller", "sealed-secrets"],
    home: "kube-system",
    loss: "no SealedSecret is unsealed",
};

/// Reflector, which copies Secrets to other namespaces.
pub(in crate::checks) const REFLECTOR: Controller = Controller {
    names: &["reflector"],
    home: "kube-system",
    loss: "no copy of a Secret is made or kept current",
};
