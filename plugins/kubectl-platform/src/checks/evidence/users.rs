//! Who needs a Service: routes that lead to it, aggregated APIs, workloads that name it.
//!
//! A check that uses this needs [`users_and`].

use shared::facts::kinds::api::ApiService;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::health::Status;
use shared::object::ObjectRef;

use super::backends::Backend;
use super::selection::Maker;

/// What a check needs that asks who needs a Service: all routes and workloads, as hints, and what
/// it names itself.
macro_rules! users_and {
    ($($need:expr),* $(,)?) => {
        &[
            $($need,)*
            shared::facts::declared(shared::facts::Kind::Ingress).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRoute).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRouteTcp).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRouteUdp).hint(),
            shared::facts::declared(shared::facts::Kind::HttpRoute).hint(),
            shared::facts::declared(shared::facts::Kind::GrpcRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TlsRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TcpRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TraefikService).hint(),
            shared::facts::declared(shared::facts::Kind::Middleware).hint(),
            shared::facts::live(shared::facts::Kind::ApiService).hint(),
            shared::facts::live(shared::facts::Kind::Deployment).hint(),
            shared::facts::live(shared::facts::Kind::StatefulSet).hint(),
            shared::facts::live(shared::facts::Kind::DaemonSet).hint(),
        ]
    };
}
pub(in crate::checks) use users_and;

/// What is looked through for each Service.
pub(in crate::checks) struct Users<'a> {
    backends: Vec<Backend<'a>>,
    apis: &'a [ApiService],
}

impl<'a> Users<'a> {
    /// All that may need a Service.
    pub(in crate::checks) fn of(view: &View<'a>) -> Self {
        Self {
            backends: super::backends::all(view),
            apis: view.all::<ApiService>(),
        }
    }

    /// Everything that needs a Service: routes, aggregated APIs, workloads that name it.
    pub(in crate::checks) fn needing(
        &self,
        makers: &[Maker<'_>],
        service: &Service,
    ) -> Vec<ObjectRef> {
        let mut all = self.leading_to(service);
        all.extend(
            naming(makers, service)
                .into_iter()
                .map(|maker| maker.object.clone()),
        );
        all
    }

    /// The routes and aggregated APIs that lead to a Service.
    fn leading_to(&self, service: &Service) -> Vec<ObjectRef> {
        let object = service.reference();
        let meta = &service.metadata;
        let routes = self.backends.iter().filter(|backend| backend.to == object);
        let apis = self.apis.iter().filter(|api| {
            let target = api.spec.service.as_ref();
            target.is_some_and(|to| to.namespace == meta.namespace && to.name == meta.name)
        });
        let mut all: Vec<_> = routes
            .map(|backend| backend.from.clone())
            .chain(apis.map(Fact::reference))
            .collect();
        all.dedup();
        all
    }
}

/// The workloads whose pods name a Service, without those that are its own.
pub(in crate::checks) fn naming<'m, 'a>(
    makers: &'m [Maker<'a>],
    service: &Service,
) -> Vec<&'m Maker<'a>> {
    let meta = &service.metadata;
    let names = |maker: &&Maker<'a>| {
        let spec = &maker.template.spec;
        let containers = spec.containers.iter().chain(&spec.init_containers);
        let mut hosts = containers
            .flat_map(|container| &container.env)
            .flat_map(|variable| variable.services.services());
        hosts.any(|(namespace, name)| namespace == meta.namespace && name == meta.name)
    };
    let others = makers.iter().filter(|maker| !maker.is_selected_by(service));
    others.filter(names).collect()
}

/// Whether a workload does not run as it is meant to.
pub(in crate::checks) fn is_unwell(maker: &Maker<'_>) -> bool {
    matches!(maker.health.status, Status::Failed | Status::InProgress)
}

/// Objects in words: `Ingress/web/site and 3 more`.
pub(in crate::checks) fn listed(objects: &[ObjectRef]) -> String {
    match objects {
        [] => String::new(),
        [one] => one.to_string(),
        [one, two] => format!("{one}, {two}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    }
}
