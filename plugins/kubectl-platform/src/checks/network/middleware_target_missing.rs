//! network/middleware-target-missing: A middleware needs a Service or Secret that does not exist.
//!
//! A middleware that asks an authentication service which is not there lets nobody in; without its
//! list of users it is not made, and the routes through it are not served.
//!
//! Compare the names with `kubectl get services,secrets -n NAMESPACE`.

use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::service::Service;
use shared::facts::kinds::traefik::Middleware;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::secrets::secret_source;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Middleware),
    declared(Kind::Service).lookup(),
    declared(Kind::Secret).hint(),
    live(Kind::ExternalSecret).hint(),
    live(Kind::SealedSecret).hint(),
    live(Kind::Certificate).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for middleware in view.all::<Middleware>() {
        let meta = &middleware.metadata;
        let by = || (middleware.reference(), meta);
        let asked = middleware.spec.forward_auth.iter();
        for (namespace, name) in asked.flat_map(|auth| auth.services.services()) {
            if view.get::<Service>(namespace, name).is_none() {
                let service = Kind::Service.object(namespace, name);
                let makers = applier::appliers(view, meta);
                needed.add(service, by(), "spec.forwardAuth.address", makers);
            }
        }
        let lists = [&middleware.spec.basic_auth, &middleware.spec.digest_auth];
        for name in lists.into_iter().flatten().map(|list| list.secret.as_str()) {
            let is_known = view.knows::<Secret>() && !name.is_empty();
            if is_known && view.get::<Secret>(&meta.namespace, name).is_none() {
                let secret = Kind::Secret.object(&meta.namespace, name);
                let makers = secret_source::makers(view, meta, name);
                needed.add(secret, by(), "the list of users", makers);
            }
        }
    }
    needed.report(found, needed::always);
}
