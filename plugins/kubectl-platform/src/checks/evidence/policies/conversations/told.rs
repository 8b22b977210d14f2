//! Conversations that fail, as one of the two says.

use shared::facts::View;
use shared::facts::kinds::service::Service;

use super::super::complaints;
use super::super::end::{End, Port};
use super::super::unanswered::{self, Caller};
use super::{Conversation, behind, between, dns_port, ports};
use crate::checks::evidence::policies::{self, Policy};
use crate::checks::evidence::services::selection;

/// The calls that are said to have timed out, to Services whose pods are well.
pub(super) fn by_callers<'a>(view: &View<'a>, ends: &[End<'a>]) -> Vec<Conversation<'a>> {
    let mut all = Vec::new();
    for call in unanswered::all(view) {
        let found = view.get::<Service>(call.to.namespace(), &call.to.name);
        let Some(service) =
            found.filter(|service| selection::pods(view, service).any(selection::is_ready))
        else {
            continue;
        };
        let callers: Vec<End<'_>> = match call.from {
            Caller::ApiServer => vec![unanswered::api_server()],
            Caller::Workloads(from) => {
                let from = ends.iter().filter(|end| from.contains(&end.object));
                from.cloned().collect()
            }
        };
        for to in behind(view, ends, service) {
            all.extend(callers.iter().map(|from| Conversation {
                asked: Some(call.to.clone()),
                is_missed: true,
                ..between(from, to, ports(service, to))
            }));
        }
    }
    all
}

/// What programs end for, as they say: Services, else DNS, or what is outside of the cluster.
pub(super) fn by_programs<'a>(
    view: &View<'a>,
    ends: &[End<'a>],
    servers: &[&End<'a>],
    guards: &[Policy<'_>],
) -> Vec<Conversation<'a>> {
    let mut all = Vec::new();
    for complaint in complaints::all(view) {
        let Some(from) = ends.iter().find(|end| end.object == complaint.by) else {
            continue;
        };
        let mut add = |to: &End<'a>, ports, asked| {
            let is_own = to.object == from.object;
            all.extend((!is_own).then(|| Conversation {
                asked,
                is_missed: true,
                ..between(from, to, ports)
            }));
        };
        for asked in &complaint.services {
            let service = view.get::<Service>(asked.namespace(), &asked.name);
            for (service, to) in service
                .into_iter()
                .flat_map(|one| behind(view, ends, one).map(move |to| (one, to)))
            {
                add(to, ports(service, to), Some(asked.clone()));
            }
        }
        let felt_by = complaint.is_controller.then(|| complaint.by.clone());
        for to in servers {
            add(to, vec![dns_port()], felt_by.clone());
        }
        let number = complaint.port_outside;
        if number.is_some() || policies::are_shut_in(view, guards, from) {
            let any = Port {
                protocol: "TCP".to_owned(),
                number,
                name: String::new(),
            };
            add(&End::outside(), vec![any], felt_by);
        }
    }
    all
}
