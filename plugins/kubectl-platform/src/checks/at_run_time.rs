//! What manifests cannot tell: whether something is there that is made only when they run.
//!
//! A Certificate makes its Secret, a release what its chart holds. In a cluster such a thing that is absent
//! is missing; in a working tree it is never written down.

use std::collections::HashSet;

use shared::check::{self, Outcome};
use shared::facts::kinds::argo::Application;
use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::HelmRelease;
use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::helm_controller::K3sHelmChart;
use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::secret_sync::{ExternalSecret, SealedSecret};
use shared::facts::meta::Meta;
use shared::facts::{Fact, Facts, Gap, Reason};
use shared::object::ObjectRef;

/// Annotations by which cert-manager makes a Certificate of an Ingress or a Gateway.
const SHIM: [&str; 2] = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"];

/// The groups of what charts hold, and operators make.
const MADE: [&str; 5] = [
    "",
    "apps",
    "storage.k8s.io",
    "networking.k8s.io",
    "apiextensions.k8s.io",
];

/// Takes back what is said to be absent, or blames that, where it may be made. Only for manifests.
pub(crate) fn keep_back(outcomes: &mut [Outcome], facts: &Facts) {
    let makers = Makers::of(facts);
    for outcome in outcomes {
        let gap = check::keep_back(&mut outcome.findings, |object| {
            let may_be_made = facts.meta(object).is_none() && makers.may_make(object);
            let why = || format!("only a running system tells whether {object} was made");
            may_be_made.then(|| Gap::new(Reason::NotLive, why()))
        });
        outcome.gap = outcome.gap.take().or(gap);
    }
}

/// What makes something at run time.
struct Makers<'a> {
    /// The namespaces that releases are installed into.
    releases: HashSet<&'a str>,
    /// Secrets that somebody says will be written, by namespace and name.
    secrets: HashSet<(&'a str, &'a str)>,
    /// Custom resources by namespace, of which operators make what begins with their names.
    customs: Vec<&'a Meta>,
}

impl<'a> Makers<'a> {
    fn of(facts: &'a Facts) -> Self {
        Self {
            releases: releases(facts).collect(),
            secrets: secrets(facts).collect(),
            customs: facts.all::<Custom>().iter().map(Fact::meta).collect(),
        }
    }

    fn may_make(&self, object: &ObjectRef) -> bool {
        let (namespace, name) = (object.namespace(), object.name.as_str());
        if !MADE.contains(&object.group()) {
            return false;
        }
        let by_release = match namespace {
            "" => !self.releases.is_empty(),
            _ => self.releases.contains(namespace),
        };
        let is_part = |whole: &Meta| {
            whole.namespace == namespace
                && name
                    .strip_prefix(&whole.name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        by_release
            || object.kind == "Secret" && self.secrets.contains(&(namespace, name))
            || self.customs.iter().any(|whole| is_part(whole))
    }
}

fn releases(facts: &Facts) -> impl Iterator<Item = &str> {
    let charts = facts.all::<HelmRelease>().iter();
    let charts = charts.map(|one| one.metadata.namespace_of(&one.spec.target_namespace));
    let of_k3s = facts.all::<K3sHelmChart>().iter();
    let of_k3s = of_k3s.map(|one| one.metadata.namespace_of(&one.spec.target_namespace));
    let applications = facts.all::<Application>().iter();
    let applications = applications.map(|one| one.spec.destination.namespace.as_str());
    charts.chain(of_k3s).chain(applications)
}

fn secrets(facts: &Facts) -> impl Iterator<Item = (&str, &str)> {
    let certificates = facts.all::<Certificate>().iter();
    let certificates = certificates.map(|one| (&one.metadata, one.spec.secret_name.as_str()));
    let ingresses = facts.all::<Ingress>().iter();
    let ingresses = ingresses.filter(|one| is_shimmed(&one.metadata));
    let ingresses = ingresses.flat_map(|one| {
        let tls = one.spec.tls.iter();
        tls.map(|tls| (&one.metadata, tls.secret_name.as_str()))
    });
    let external = facts.all::<ExternalSecret>().iter();
    let external = external.map(|one| match one.spec.target.name.as_str() {
        "" => (&one.metadata, one.metadata.name.as_str()),
        name => (&one.metadata, name),
    });
    let sealed = facts.all::<SealedSecret>().iter();
    let sealed = sealed.map(|one| (&one.metadata, one.metadata.name.as_str()));
    let all = certificates.chain(ingresses).chain(external).chain(sealed);
    all.chain(of_gateways(facts))
        .map(|(meta, name)| (meta.namespace.as_str(), name))
}

fn of_gateways(facts: &Facts) -> impl Iterator<Item = (&Meta, &str)> {
    let gateways = facts.all::<Gateway>().iter();
    let gateways = gateways.filter(|one| is_shimmed(&one.metadata));
    gateways.flat_map(|one| {
        let tls = one
            .spec
            .listeners
            .iter()
            .filter_map(|listener| listener.tls.as_ref());
        let names = tls.flat_map(|tls| &tls.certificate_refs);
        names.map(|secret| (&one.metadata, secret.name.as_str()))
    })
}

fn is_shimmed(meta: &Meta) -> bool {
    SHIM.iter().any(|key| !meta.annotation(key).is_empty())
}
