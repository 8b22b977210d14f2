//! Services whose selector picks no pod and no workload: who needs them, and what went wrong.
//!
//! A check that uses this lists [`unselected_and`].

use shared::facts::kinds::apps::StatefulSet;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::finding::Level;
use shared::object::ObjectRef;

use super::endpoints::{self, Behind};
use super::gone;
use super::selection::{self, Maker};
use super::users::{self, Users};
use crate::checks::evidence::routes::traefik;
use crate::checks::evidence::webhook;

/// What a check needs that looks at such Services, and what it names itself.
macro_rules! unselected_and {
    ($($need:expr),* $(,)?) => {
        $crate::checks::evidence::services::users::users_and![
            shared::facts::live(shared::facts::Kind::Service),
            shared::facts::live(shared::facts::Kind::EndpointSlice).lookup(),
            shared::facts::live(shared::facts::Kind::Pod).lookup(),
            shared::facts::live(shared::facts::Kind::Kustomization).hint(),
            shared::facts::live(shared::facts::Kind::PersistentVolumeClaim).hint(),
            shared::facts::declared(shared::facts::Kind::IngressClass).hint(),
            shared::facts::live(shared::facts::Kind::Custom).hint(),
            $($need),*
        ]
    };
}
pub(in crate::checks) use unselected_and;

/// A Service that picks nothing.
pub(in crate::checks) struct Unselected<'a> {
    /// The Service.
    pub(in crate::checks) service: &'a Service,
    /// Who needs it.
    pub(in crate::checks) users: Vec<ObjectRef>,
    /// How bad that is.
    pub(in crate::checks) level: Level,
    /// What it was to pick, where its selector looks misspelt: whose label is called otherwise,
    /// which, what is asked for and what is there.
    pub(in crate::checks) slip: Option<(ObjectRef, [String; 3])>,
    /// The role that none of its pods has: the label, the role and how many pods there are.
    pub(in crate::checks) role: Option<(&'a str, &'a str, usize)>,
    /// The workload behind it that is not there any more, by its name.
    pub(in crate::checks) gone: Option<ObjectRef>,
}

/// All of them, without those that are meant to pick nothing.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<Unselected<'a>> {
    let makers = selection::makers(view);
    let all_users = Users::of(view, &makers);
    let refused = webhook::refused(view);
    let services = view.all::<Service>().iter();
    let services = services.filter(|service| {
        matches!(
            endpoints::look(view, &makers, service),
            Behind::NothingSelected
        )
    });
    let judged = services.filter_map(|service| {
        let mut users = all_users.needing(service);
        let called = refused
            .iter()
            .filter(|one| one.service == service.reference());
        users.extend(called.map(|one| one.by.clone()));
        users.extend(traefik::served_by(view, service));
        let slip = makers
            .iter()
            .filter(|maker| !has_own_service(view, maker))
            .find_map(|maker| {
                let (key, want, have) = maker.slip(service)?;
                Some((maker.object.clone(), [key, want, have].map(str::to_owned)))
            });
        let role = vacant_role(view, service);
        let is_made = service.metadata.controller().is_some();
        let is_headless = service.spec.cluster_ip == "None";
        let meant = meant(view, &makers, service);
        let is_missed = !meant.is_empty()
            && (meant.iter().any(|maker| users::is_unwell(maker))
                || all_users.is_missed(service, &meant));
        let is_needless = users.is_empty() && role.is_none() && !is_missed;
        let gone = gone::workload(view, &makers, service).filter(|_| role.is_none());
        let is_passed_over = if is_made {
            gone.is_none()
        } else {
            is_headless && slip.is_none()
        };
        if is_needless && is_passed_over {
            return None;
        }
        // Where a workload of just that name is gone, the selector is not misspelt.
        let slip = slip.filter(|_| gone.is_none());
        let is_lost =
            gone.is_some() && (is_made || (!is_headless && gone::is_of_chart(view, service)));
        let is_harmless = is_needless && slip.is_none() && !is_lost && !gone::is_of_dns(service);
        let level = Level::error_if(!is_harmless);
        let gone = gone.filter(|_| level == Level::Error);
        Some(Unselected {
            service,
            users,
            level,
            slip,
            role,
            gone,
        })
    });
    judged.collect()
}

/// Whether a Service of its own name leads to a workload: then no other was meant to.
fn has_own_service(view: &View<'_>, maker: &Maker<'_>) -> bool {
    let own = view.get::<Service>(&maker.meta.namespace, &maker.meta.name);
    own.is_some_and(|own| maker.is_selected_by(own))
}

/// What a Service was likely meant to select, although it does not: the StatefulSets that it governs, and
/// those of the same owner. That nobody is a replica is no loss.
fn meant<'m, 'a>(
    view: &View<'_>,
    makers: &'m [Maker<'a>],
    service: &Service,
) -> Vec<&'m Maker<'a>> {
    const OTHERS: [&str; 5] = ["replica", "slave", "follower", "standby", "secondary"];
    let meta = &service.metadata;
    let owner = meta.controller();
    let is_meant = |maker: &&Maker<'_>| {
        let set = view.get::<StatefulSet>(&meta.namespace, &maker.meta.name);
        let is_governed = set.is_some_and(|set| set.spec.service_name == meta.name);
        let is_of_owner = owner.is_some() && maker.meta.controller() == owner;
        maker.meta.namespace == meta.namespace
            && maker.object.kind == StatefulSet::KIND.name()
            && (is_governed || is_of_owner)
    };
    let mut asked = service.spec.selector.values();
    if asked.any(|value| OTHERS.contains(&value.as_str())) {
        return Vec::new();
    }
    makers.iter().filter(is_meant).collect()
}

/// The leading role (master, primary, leader) that a Service asks for and no pod has, though pods match the rest of
/// its selector. A missing replica is no loss.
fn vacant_role<'s>(view: &View<'_>, service: &'s Service) -> Option<(&'s str, &'s str, usize)> {
    const FIRST: [&str; 3] = ["master", "primary", "leader"];
    let selector = &service.spec.selector;
    let (key, role) = selector
        .iter()
        .find(|(_, value)| FIRST.contains(&value.as_str()))?;
    let others = selector.iter().filter(|(name, _)| *name != key);
    let others = others
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let pods = view.all::<Pod>().iter().filter(|pod| {
        pod.metadata.namespace == service.metadata.namespace
            && selection::selects(&others, &pod.metadata.labels)
    });
    let count = pods.count();
    (count > 0).then_some((key.as_str(), role.as_str(), count))
}
