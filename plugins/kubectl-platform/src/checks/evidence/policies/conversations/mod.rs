//! Who is to talk to whom, as far as the platform's objects tell: Traefik to what its routes lead to,
//! workloads to the Services that they name and to DNS.
//!
//! A check that uses this needs [`crate::checks::evidence::services::users::users_and`], and hints at `Kind::IngressClass`.

mod routed;
mod told;

use std::cell::LazyCell;

use shared::facts::View;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::object::ObjectRef;

use super::Policy;
use super::end::{self, End, Port};
use crate::checks::evidence::pods::workload::Workload;
use crate::checks::evidence::services::dns;
use crate::checks::evidence::services::selection::{self, Maker};
use crate::checks::evidence::services::users::{self, Users};

/// One workload that is to talk to another.
pub(in crate::checks) struct Conversation<'a> {
    /// Who begins.
    pub(in crate::checks) from: End<'a>,
    /// Who answers.
    pub(in crate::checks) to: End<'a>,
    /// The ports, of which at least one must be open.
    pub(in crate::checks) ports: Vec<Port>,
    /// The route that is the reason, if it is one.
    pub(in crate::checks) route: Option<ObjectRef>,
    /// The Service that somebody says does not answer, or the controller whose work shows it, if that is the
    /// reason.
    pub(in crate::checks) asked: Option<ObjectRef>,
    /// Whether it is but likely: who begins names nothing, and follows what has brought the other.
    pub(in crate::checks) is_guessed: bool,
    /// Whether it is missed: a route cannot be served, or who begins does not run.
    pub(in crate::checks) is_missed: bool,
}

/// All of them. What guards pods tells whether a program that names nothing is kept in.
pub(in crate::checks) fn all<'a>(
    view: &View<'a>,
    makers: &[Maker<'a>],
    policies: &[Policy<'_>],
) -> Vec<Conversation<'a>> {
    let ends = ends(view, makers);
    let mut all = routed::by_routes(view, &ends);
    let users = Users::of(view, makers);
    for service in view.all::<Service>() {
        let behind = LazyCell::new(|| behind(view, &ends, service).collect::<Vec<_>>());
        let speakers = users.speakers(service).into_iter();
        let named = speakers.map(|speaker| (speaker, false));
        let guessed = users.following(service).map(|follower| (follower, true));
        for (from, is_guessed) in named.chain(guessed) {
            let others = behind.iter().filter(|to| to.object != from.object);
            all.extend(others.map(|to| Conversation {
                is_guessed,
                ..talk(from, to, ports(service, to))
            }));
        }
    }
    let servers: Vec<_> = dns::servers(view)
        .into_iter()
        .map(|server| server.object)
        .collect();
    let servers: Vec<_> = ends
        .iter()
        .filter(|end| servers.contains(&end.object))
        .collect();
    for speaker in users.that_name_any() {
        all.extend(servers.iter().map(|to| talk(speaker, to, vec![dns_port()])));
    }
    all.extend(told::by_callers(view, &ends));
    all.extend(told::by_programs(view, &ends, &servers, policies));
    all
}

fn talk<'a>(speaker: &Maker<'a>, to: &End<'a>, ports: Vec<Port>) -> Conversation<'a> {
    Conversation {
        is_missed: users::is_unwell(speaker),
        ..between(&speaker.into(), to, ports)
    }
}

fn between<'a>(from: &End<'a>, to: &End<'a>, ports: Vec<Port>) -> Conversation<'a> {
    Conversation {
        from: from.clone(),
        to: to.clone(),
        ports,
        route: None,
        asked: None,
        is_guessed: false,
        is_missed: false,
    }
}

/// All workloads, and of custom resources that make pods themselves one pod each.
fn ends<'a>(view: &View<'a>, makers: &[Maker<'a>]) -> Vec<End<'a>> {
    let mut all: Vec<End<'a>> = makers.iter().map(End::from).collect();
    let customs = view.all::<Pod>().iter().filter(|pod| {
        let owner = pod.metadata.controller();
        owner.is_some_and(|owner| owner.api_version.contains('.'))
    });
    for pod in customs {
        let object = Workload::of(view, pod).object;
        let labels = &pod.metadata.labels;
        if !all
            .iter()
            .any(|end| end.object == object && end.labels == labels)
        {
            all.push(End {
                object,
                labels,
                spec: &pod.spec,
            });
        }
    }
    all
}

/// The ends that a Service leads to. Operators label pods with their role, which no template tells.
fn behind<'e, 'a>(
    view: &View<'_>,
    ends: &'e [End<'a>],
    service: &Service,
) -> impl Iterator<Item = &'e End<'a>> {
    let pods = selection::pods(view, service);
    let picked: Vec<_> = pods.map(|pod| Workload::of(view, pod).object).collect();
    ends.iter().filter(move |end| {
        let is_picked = picked.contains(&end.object) && !end.object.api_version.contains('.');
        end.object.namespace() == service.metadata.namespace
            && (is_picked || selection::selects(&service.spec.selector, end.labels))
    })
}

fn dns_port() -> Port {
    Port {
        protocol: "UDP".to_owned(),
        number: Some(53),
        name: "dns".to_owned(),
    }
}

type ServicePort = shared::facts::kinds::service::ServicePort;

fn ports(service: &Service, to: &End<'_>) -> Vec<Port> {
    service
        .spec
        .ports
        .iter()
        .map(|port| target(port, to))
        .collect()
}

fn target(port: &ServicePort, to: &End<'_>) -> Port {
    let same = IntOrString::Int(port.port);
    end::port(
        to.spec,
        &port.protocol,
        port.target_port.as_ref().unwrap_or(&same),
    )
}
