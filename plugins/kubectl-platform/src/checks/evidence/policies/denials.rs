//! Conversations that network policies forbid.

use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::conversations::{self, Conversation};
use super::end::End;
use crate::checks::evidence::flux::applied;
use crate::checks::evidence::policies::{self, Policy};
use crate::checks::evidence::services::selection::{self, Maker};
use crate::checks::evidence::services::{addresses, dns};

/// Each policy that forbids something, with what it forbids.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<(&'a Meta, Vec<Conversation<'a>>)> {
    let policies = policies::all(view);
    // Most platforms have none, and who talks to whom takes a while to tell.
    if policies.is_empty() {
        return Vec::new();
    }
    let makers = selection::makers(view);
    let mut all: Vec<(&Meta, Vec<Conversation<'_>>)> = Vec::new();
    for talk in conversations::all(view, &makers, &policies) {
        let Some(policy) = denying(view, &policies, &makers, &talk) else {
            continue;
        };
        let mut known = all.iter_mut();
        match known.find(|(known, _)| *known == policy.meta) {
            Some((_, talks)) => talks.push(talk),
            None => all.push((policy.meta, vec![talk])),
        }
    }
    all
}

/// The policy that keeps a conversation from all of its ports. A conversation that is only likely counts where the
/// policy lets nobody in, or nobody who belongs to the one: otherwise the policy may be meant for others. Where caches of DNS run on the nodes, one that
/// opens DNS is taken to know how they are reached.
fn denying<'p, 'a>(
    view: &View<'a>,
    policies: &'p [Policy<'a>],
    makers: &[Maker<'_>],
    talk: &Conversation<'_>,
) -> Option<&'p Policy<'a>> {
    let ends = (&talk.from, &talk.to);
    let ports = talk.ports.iter();
    let mut by_port = ports.map(|port| policies::denying(view, policies, ends, port));
    let first = by_port.next().filter(|first| !first.is_empty())?;
    if by_port.any(|others| others.is_empty()) {
        return None;
    }
    let mut numbers = talk.ports.iter().map(|port| port.number);
    let is_dns = talk.asked.is_none() && numbers.all(|number| number == Some(53));
    if is_dns && first.iter().any(|policy| policy.opens_dns()) && dns::has_caches(view) {
        return None;
    }
    // The one with the most rules was written for this workload; one that denies all is only the default.
    let policy = first.into_iter().max_by_key(|policy| policy.rules())?;
    let mut others = makers.iter().map(End::from);
    let mut is_shut = || {
        let port = talk.ports.first();
        policy.guards_ingress()
            && !others.any(|end| port.is_some_and(|port| policy.lets_in(view, &end, port)))
    };
    (!talk.is_guessed || is_shut() || is_forgotten(view, policy, makers, talk)).then_some(policy)
}

/// Whether a policy lets in nothing of what the speaker's Kustomization has brought, which depends on what has
/// brought the other: then it does not know of it. The speaker must have some address from where nobody may look.
fn is_forgotten(
    view: &View<'_>,
    policy: &Policy<'_>,
    makers: &[Maker<'_>],
    talk: &Conversation<'_>,
) -> bool {
    let mut all = makers.iter();
    let own = all.find(|maker| maker.object == talk.from.object);
    let own = own.filter(|own| addresses::hides_one(&own.template.spec));
    let applied_by = |maker: &Maker<'_>| applied::by(view, maker.meta).map(Fact::reference);
    let Some(by) = own.and_then(applied_by) else {
        return false;
    };
    let is_let_in = |maker: &Maker<'_>| {
        let mut ports = talk.ports.iter();
        ports.any(|port| policy.lets_in(view, &End::from(maker), port))
    };
    let mut kin = makers
        .iter()
        .filter(|one| applied_by(one).as_ref() == Some(&by));
    policy.guards_ingress() && !kin.any(is_let_in)
}

/// Who is to talk to whom, in words, and why.
pub(in crate::checks) fn told(talk: &Conversation<'_>) -> String {
    let mut ports = talk.ports.iter().filter_map(|port| port.number);
    let port = ports.next().map(|port| format!("port {port}"));
    let why = talk.route.as_ref().map(|route| format!(" ({route})"));
    let (from, to, why) = (&talk.from.object, &talk.to.object, why.unwrap_or_default());
    let (from, to_name) = (named(from), named(to));
    let to = match (to.name.is_empty(), port) {
        (true, None) => "what is outside of the cluster".to_owned(),
        (true, Some(port)) => format!("{port} outside of the cluster"),
        (false, None) => to_name,
        (false, Some(port)) => format!("{to_name} {port}"),
    };
    format!("{from} to {to}{why}")
}

/// What stands behind the Service `kubernetes` is no pod: the API server.
fn named(object: &ObjectRef) -> String {
    if *object == Kind::Service.object("default", "kubernetes") {
        "the API server".to_owned()
    } else {
        object.to_string()
    }
}
