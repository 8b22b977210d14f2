//! What asks Services and says whether it is answered: aggregated APIs and stores of secrets.

use std::ops::Deref;

use shared::facts::kinds::api::ApiService;
use shared::facts::kinds::secret_sync::{ClusterSecretStore, SecretStore, StoreFields};
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

/// What asks a Service, and says whether it is answered.
pub(super) struct Asker {
    pub(super) object: ObjectRef,
    pub(super) is_answered: bool,
    /// As (namespace, name).
    services: Vec<(String, String)>,
}

impl Asker {
    /// Whether it asks this Service.
    pub(super) fn asks(&self, service: &Service) -> bool {
        let meta = &service.metadata;
        let mut asked = self.services.iter();
        asked.any(|(namespace, name)| *namespace == meta.namespace && *name == meta.name)
    }
}

/// All of them.
pub(super) fn all(view: &View<'_>) -> Vec<Asker> {
    let apis = view.all::<ApiService>().iter().filter_map(|api| {
        let service = api.spec.service.as_ref()?;
        Some(Asker {
            object: api.reference(),
            is_answered: api.health(view.now()).status == Status::Current,
            services: vec![(service.namespace.clone(), service.name.clone())],
        })
    });
    apis.chain(stores::<ClusterSecretStore>(view))
        .chain(stores::<SecretStore>(view))
        .collect()
}

fn stores<F: Assess + Deref<Target = StoreFields>>(view: &View<'_>) -> impl Iterator<Item = Asker> {
    view.all::<F>().iter().map(|store| {
        let services = store.spec.provider.services.services();
        let owned = |(namespace, name): (&str, &str)| (namespace.to_owned(), name.to_owned());
        Asker {
            object: store.reference(),
            is_answered: store.health(view.now()).status == Status::Current,
            services: services.map(owned).collect(),
        }
    })
}
