//! Whom the API server calls and does not trust: who keeps the certificate, and who tells its authority.
//!
//! A check that uses this sees pods, and hints at `Service`.

use shared::facts::kinds::apps::Deployment;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::certificates::cert_manager::{self, Part};
use super::pods::family;
use super::pods::workload::Workload;
use super::services::behind;
use super::words::remedy;

/// What the certificate of a Service that the API server calls hangs on.
pub(in crate::checks) struct Trust {
    /// What serves it, the Certificate that it is told to trust, and what tells it so.
    pub(in crate::checks) keepers: Vec<ObjectRef>,
    /// What makes them agree again.
    pub(in crate::checks) remedy: String,
    /// What was to tell the authority, where that is not there at all.
    pub(in crate::checks) missing: Option<ObjectRef>,
}

/// The API server's words behind `x509: `, where it does not trust a certificate.
pub(in crate::checks) fn doubt(message: &str) -> Option<&str> {
    message.split_once("x509: ").map(|(_, why)| why)
}

/// What is said of cainjector where it is missing.
pub(in crate::checks) fn not_installed() -> String {
    format!("it is not installed: {}", Part::CaInjector.loss())
}

impl Trust {
    /// Of what tells the API server to call a Service, and its `doubt` about that.
    pub(in crate::checks) fn of(
        view: &View<'_>,
        (object, meta): (&ObjectRef, &Meta),
        service: &ObjectRef,
        doubt: &str,
    ) -> Self {
        // <https://cert-manager.io/docs/concepts/ca-injector/>
        let certificate = meta.annotation("cert-manager.io/inject-ca-from");
        let secret = meta.annotation("cert-manager.io/inject-ca-from-secret");
        let is_injected = !(certificate.is_empty() && secret.is_empty());
        // Where only the Service was read, whoever tells the authority is not known.
        let may_be = is_injected || object == service;
        let deployments = view.all::<Deployment>().iter();
        let injectors = deployments.filter(|one| Part::of(one) == Some(Part::CaInjector));
        let injectors: Vec<_> = injectors.filter(|_| may_be).map(Fact::reference).collect();
        let is_expired = doubt.contains("expired");
        let is_lost = is_injected && !is_expired && injectors.is_empty();
        let missing = (is_lost && view.knows::<Deployment>()).then(|| {
            let own = cert_manager::issuing(view).into_iter().next();
            let home = own.as_ref().map_or("cert-manager", ObjectRef::namespace);
            Kind::Deployment.object(home, "cert-manager-cainjector")
        });
        let mut keepers = behind::service(view, service.namespace(), &service.name).to_vec();
        // What serves it mostly makes a new certificate, or reads it again, when it starts.
        let to_restart = match injectors.first() {
            Some(injector) if is_injected && !is_expired => Some(injector),
            _ => keepers.first(),
        };
        let remedy = to_restart.map_or_else(
            || remedy::describe(object),
            |one| remedy::on("kubectl rollout restart", one),
        );
        // Some have a part of their own that renews it.
        let beside = keepers.iter().flat_map(|object| {
            let (object, meta) = (object.clone(), None);
            family::together(view, &Workload { object, meta })
        });
        let beside: Vec<_> = beside.collect();
        keepers.extend(beside);
        keepers.extend(injectors);
        let certificate = certificate.split_once('/');
        keepers
            .extend(certificate.map(|(namespace, name)| Kind::Certificate.object(namespace, name)));
        Self {
            keepers,
            remedy,
            missing,
        }
    }
}
