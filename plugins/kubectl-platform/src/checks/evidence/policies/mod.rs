//! Which network policies keep one workload from another: Kubernetes' own, and those of
//! Cilium and Calico as far as they are alike.
//! See <https://kubernetes.io/docs/concepts/services-networking/network-policies/>.
//!
//! A check that uses this hints at `Kind::Namespace` and `Kind::Custom`.

mod allow;
mod complaints;
mod conversations;
pub(in crate::checks) mod denials;
mod end;
pub(in crate::checks) mod internet;
pub(in crate::checks) mod lookup;
pub(in crate::checks::evidence) mod unanswered;

use std::borrow::Cow;

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::network_policy::{NetworkPolicy, NetworkPolicySpec, PolicyRule};
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use allow::{lets, selects};
use end::{End, Port};

/// A network policy of any kind. One of no namespace is about the pods of all.
pub(in crate::checks) struct Policy<'a> {
    /// Its metadata.
    pub(in crate::checks) meta: &'a Meta,
    spec: Cow<'a, NetworkPolicySpec>,
}

/// All of them. One of Cilium's that is not valid is not in force.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<Policy<'a>> {
    let own = view.all::<NetworkPolicy>().iter().map(|policy| Policy {
        meta: &policy.metadata,
        spec: Cow::Borrowed(&policy.spec),
    });
    let others = of_plugins(view).filter_map(|policy| {
        let valid = condition(policy.status.conditions(), "Valid");
        let spec = policy.spec.policy()?;
        valid
            .is_none_or(|valid| !valid.is_false())
            .then_some(Policy {
                meta: &policy.metadata,
                spec: Cow::Owned(spec),
            })
    });
    own.chain(others).collect()
}

/// The names of those that may be about pods of these namespaces.
pub(in crate::checks) fn near(view: &View<'_>, is: impl Fn(&str) -> bool) -> Vec<ObjectRef> {
    let own = view.all::<NetworkPolicy>().iter().map(Fact::meta);
    let all = own.chain(of_plugins(view).map(Fact::meta));
    let near = all.filter(|meta| meta.namespace.is_empty() || is(&meta.namespace));
    near.map(Meta::reference).collect()
}

/// The policies that network plugins have beside Kubernetes' own.
fn of_plugins<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Custom> {
    const KINDS: [(&str, &str); 4] = [
        ("cilium.io", "CiliumNetworkPolicy"),
        ("cilium.io", "CiliumClusterwideNetworkPolicy"),
        ("projectcalico.org", "NetworkPolicy"),
        ("projectcalico.org", "GlobalNetworkPolicy"),
    ];
    let all = view.all::<Custom>().iter();
    all.filter(|one| {
        let is = |(group, kind): &(&str, &str)| *kind == &*one.kind && one.group().ends_with(group);
        KINDS.iter().any(is)
    })
}

/// The policies that keep `from` from a port of `to`: all that guard the pods of one side, where none
/// of them lets it through. Of a network of its node, and of addresses, it cannot be told.
pub(in crate::checks) fn denying<'p, 'a>(
    view: &View<'_>,
    policies: &'p [Policy<'a>],
    (from, to): (&End<'_>, &End<'_>),
    port: &Port,
) -> Vec<&'p Policy<'a>> {
    if from.spec.host_network || to.spec.host_network {
        return Vec::new();
    }
    let out = policies.iter().filter(|policy| policy.shuts(view, from));
    let out: Vec<_> = out.collect();
    if !out.is_empty() && !out.iter().any(|policy| policy.lets_out(view, to, port)) {
        return out;
    }
    let into = policies
        .iter()
        .filter(|policy| policy.spec.guards_ingress() && policy.guards(view, to));
    let into: Vec<_> = into.collect();
    if !into.is_empty() && !into.iter().any(|policy| policy.lets_in(view, from, port)) {
        return into;
    }
    Vec::new()
}

/// Whether policies that let nothing but DNS out guard a workload's pods, and no other policy does.
pub(in crate::checks) fn are_shut_in(
    view: &View<'_>,
    policies: &[Policy<'_>],
    end: &End<'_>,
) -> bool {
    let is_dns = |rule: &PolicyRule| {
        let mut ports = rule.ports.iter();
        !rule.ports.is_empty() && ports.all(|one| one.port == Some(IntOrString::Int(53)))
    };
    let out = policies.iter().filter(|policy| policy.shuts(view, end));
    let mut out = out.peekable();
    !end.spec.host_network
        && out.peek().is_some()
        && out.all(|policy| policy.spec.egress.iter().all(is_dns))
}

impl Policy<'_> {
    /// Whether a policy lets a workload talk to a port of the pods that it guards.
    pub(in crate::checks) fn lets_in(&self, view: &View<'_>, from: &End<'_>, port: &Port) -> bool {
        lets(view, self.meta, &self.spec.ingress, from, port)
    }

    fn lets_out(&self, view: &View<'_>, to: &End<'_>, port: &Port) -> bool {
        lets(view, self.meta, &self.spec.egress, to, port)
    }

    /// Whether it lets out to DNS, wherever.
    pub(in crate::checks) fn opens_dns(&self) -> bool {
        let mut ports = self.spec.egress.iter().flat_map(|rule| &rule.ports);
        ports.any(|one| one.port == Some(IntOrString::Int(53)))
    }

    /// Whether it lets nobody in to the pods that it guards but whom it says.
    pub(in crate::checks) fn guards_ingress(&self) -> bool {
        self.spec.guards_ingress()
    }

    /// How many rules it has.
    pub(in crate::checks) fn rules(&self) -> usize {
        self.spec.ingress.len() + self.spec.egress.len()
    }

    /// Whether it says to whom a workload's pods may talk.
    fn shuts(&self, view: &View<'_>, end: &End<'_>) -> bool {
        self.spec.guards_egress() && self.guards(view, end)
    }

    /// Whether it is about a workload's pods.
    fn guards(&self, view: &View<'_>, end: &End<'_>) -> bool {
        let namespace = end.object.namespace();
        let is_near = self.meta.namespace.is_empty() || self.meta.namespace == namespace;
        // What is outside of the cluster no policy guards.
        !namespace.is_empty() && is_near && selects(view, &self.spec.pod_selector, end)
    }
}
