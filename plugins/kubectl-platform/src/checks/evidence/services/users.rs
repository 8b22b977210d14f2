//! Who needs a Service: routes that lead to it, aggregated APIs, stores of secrets, workloads that
//! name it.
//!
//! A check that uses this needs [`users_and`].

use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::health::Status;
use shared::object::ObjectRef;

use super::addresses;
use super::askers::{self, Asker};
use super::selection::Maker;
use crate::checks::evidence::pods::workload::Workload;
use crate::checks::evidence::pods::{dependencies, family};
use crate::checks::evidence::routes::backends::{self, Backend};

/// What a check needs that asks who needs a Service: all routes and workloads, as hints, and what
/// it names itself.
macro_rules! users_and {
    ($($need:expr),* $(,)?) => {
        crate::checks::evidence::needs::routes_and!(
            crate::checks::evidence::needs::needs![$($need),*],
            shared::facts::live(shared::facts::Kind::ApiService).hint(),
            shared::facts::live(shared::facts::Kind::ClusterSecretStore).hint(),
            shared::facts::live(shared::facts::Kind::SecretStore).hint(),
            shared::facts::live(shared::facts::Kind::Deployment).hint(),
            shared::facts::live(shared::facts::Kind::StatefulSet).hint(),
            shared::facts::live(shared::facts::Kind::DaemonSet).hint(),
            shared::facts::declared(shared::facts::Kind::ConfigMap).hint(),
            shared::facts::declared(shared::facts::Kind::HelmRelease).hint(),
            shared::facts::live(shared::facts::Kind::Kustomization).hint(),
        )
    };
}
pub(in crate::checks) use users_and;

/// What is looked through for each Service.
pub(in crate::checks) struct Users<'m, 'a> {
    backends: Vec<Backend<'a>>,
    /// Aggregated APIs and stores of secrets.
    others: Vec<Asker>,
    /// Each workload with the Services that its environment and configuration name, as
    /// (namespace, name).
    named: Vec<(&'m Maker<'a>, Vec<(String, String)>)>,
    /// Each workload that does not run with the Services of what its Kustomization depends on.
    following: Vec<(&'m Maker<'a>, Vec<ObjectRef>)>,
}

impl<'m, 'a> Users<'m, 'a> {
    /// All that may need a Service.
    pub(in crate::checks) fn of(view: &View<'a>, makers: &'m [Maker<'a>]) -> Self {
        let workload = |maker: &Maker<'a>| Workload {
            object: maker.object.clone(),
            meta: Some(maker.meta),
        };
        let named = |maker: &'m Maker<'a>| {
            let services = addresses::services(view, &workload(maker), &maker.template.spec);
            (maker, services)
        };
        let unwell = makers.iter().filter(|maker| is_unwell(maker));
        let following = unwell.map(|maker| (maker, dependencies::reached(view, &workload(maker))));
        Self {
            backends: backends::all(view),
            others: askers::all(view),
            named: makers.iter().map(named).collect(),
            following: following.collect(),
        }
    }

    /// Everything that needs a Service.
    pub(in crate::checks) fn needing(&self, service: &Service) -> Vec<ObjectRef> {
        let object = service.reference();
        let routes = self.backends.iter().filter(|backend| backend.to == object);
        let others = self.others.iter().filter(|other| other.asks(service));
        let mut all: Vec<_> = routes
            .map(|backend| backend.from.clone())
            .chain(others.map(|other| other.object.clone()))
            .chain(self.naming(service).map(|maker| maker.object.clone()))
            .collect();
        all.dedup();
        all
    }

    /// Whether something that needs a Service does not run: a workload that names it, one that was installed
    /// together with the Service's own, one whose Kustomization waits for what brings the Service, or, where
    /// these are databases, one beside it that takes addresses out of a Secret.
    pub(in crate::checks) fn is_missed(&self, service: &Service, own: &[&Maker<'_>]) -> bool {
        let is_database = own
            .iter()
            .any(|maker| maker.object.kind == Kind::StatefulSet.name());
        let beside = self.beside(service).filter(|_| is_database);
        let mut unanswered = self.others.iter().filter(|other| !other.is_answered);
        let together = self.named.iter().map(|(maker, _)| *maker).filter(|maker| {
            own.iter()
                .any(|own| family::is_of_one_release(own.meta, maker.meta))
        });
        self.naming(service)
            .chain(self.following(service))
            .chain(beside)
            .chain(together)
            .any(is_unwell)
            || unanswered.any(|other| other.asks(service))
    }

    /// The workloads that are to talk to a Service: those that name it, and where one does not run
    /// and takes addresses out of a Secret, the databases beside it.
    pub(in crate::checks) fn speakers(&self, service: &Service) -> Vec<&'m Maker<'a>> {
        let mut own = self
            .named
            .iter()
            .map(|(maker, _)| *maker)
            .filter(|maker| maker.is_selected_by(service));
        let is_database = own.any(|maker| maker.object.kind == Kind::StatefulSet.name());
        let beside = self
            .beside(service)
            .filter(|maker| is_database && is_unwell(maker));
        let mut all: Vec<_> = self.naming(service).chain(beside).collect();
        all.dedup_by(|a, b| a.object == b.object);
        all
    }

    /// The workloads that name any Service at all, and so ask DNS.
    pub(in crate::checks) fn that_name_any(&self) -> impl Iterator<Item = &'m Maker<'a>> {
        let named = self.named.iter().filter(|(maker, services)| {
            !services.is_empty() || (addresses::hides_one(&maker.template.spec) && is_unwell(maker))
        });
        named.map(|(maker, _)| *maker)
    }

    /// The workloads in the namespace of a Service that take addresses out of a Secret.
    fn beside(&self, service: &Service) -> impl Iterator<Item = &'m Maker<'a>> {
        let namespace = &service.metadata.namespace;
        let beside = self
            .named
            .iter()
            .map(|(maker, _)| *maker)
            .filter(move |maker| {
                maker.meta.namespace == *namespace
                    && maker.object.kind != Kind::StatefulSet.name()
                    && addresses::hides_one(&maker.template.spec)
            });
        beside.filter(|maker| !maker.is_selected_by(service))
    }

    /// The workloads that do not run and follow what has brought a Service.
    pub(in crate::checks) fn following(
        &self,
        service: &Service,
    ) -> impl Iterator<Item = &'m Maker<'a>> {
        let object = service.reference();
        let follows =
            move |(_, services): &&(&'m Maker<'a>, Vec<ObjectRef>)| services.contains(&object);
        self.following
            .iter()
            .filter(follows)
            .map(|(maker, _)| *maker)
    }

    /// The workloads whose pods name a Service, without those that are its own.
    fn naming(&self, service: &Service) -> impl Iterator<Item = &'m Maker<'a>> {
        let meta = &service.metadata;
        let names = move |(_, services): &&(&'m Maker<'a>, Vec<(String, String)>)| {
            let mut services = services.iter();
            services.any(|(namespace, name)| *namespace == meta.namespace && *name == meta.name)
        };
        let makers = self.named.iter().filter(names).map(|(maker, _)| *maker);
        makers.filter(|maker| !maker.is_selected_by(service))
    }
}

/// Whether a workload that is to run does not run as it is meant to.
pub(in crate::checks) fn is_unwell(maker: &Maker<'_>) -> bool {
    let is_unwell = matches!(maker.health.status, Status::Failed | Status::InProgress);
    maker.wanted > 0 && is_unwell
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
