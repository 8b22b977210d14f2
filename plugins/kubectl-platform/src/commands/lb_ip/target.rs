//! Whose address is asked for: a Service or Gateway that was named, or the one that stands for the
//! platform.

use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Facts, Kind, Need, Reason, View, declared, live};
use shared::failure::{Exit, Failure, Result};
use shared::object::ObjectRef;

use super::named::Named;
use crate::checks::RIGHTS;
use crate::checks::evidence::routes::traefik;
use crate::checks::evidence::services::load_balancer::EVIDENCE;
use crate::checks::evidence::services::selection;

/// What is looked at for an address.
pub(super) const NEEDS: [Need; 11] = {
    let [a, b, c, d, e, f, g] = EVIDENCE;
    let (service, gateway) = (live(Kind::Service), live(Kind::Gateway));
    [
        service,
        gateway,
        live(Kind::StatefulSet).hint(),
        declared(Kind::ConfigMap).hint(),
        a,
        b,
        c,
        d,
        e,
        f,
        g,
    ]
};

/// Whose address it is.
pub(super) enum Target<'a> {
    Service(&'a Service),
    Gateway(&'a Gateway),
}

impl Target<'_> {
    pub(super) fn object(&self) -> ObjectRef {
        match self {
            Self::Service(service) => service.reference(),
            Self::Gateway(gateway) => gateway.reference(),
        }
    }
}

/// Fails where a kind could not be looked at: then nobody knows whether there is an address.
pub(super) fn look_for(facts: &Facts, kind: Kind) -> Result<()> {
    let gap = facts.gap(kind).filter(|gap| gap.reason.is_incomplete());
    gap.map_or(Ok(()), |gap| {
        let told = format!("cannot look at {}: {}", kind.plural(), gap.message);
        let hint = match gap.reason {
            Reason::Forbidden => RIGHTS,
            Reason::Timeout => "try again, or give each request more time: --request-timeout 1m",
            _ => "try again",
        };
        Err(Failure::new(told).hint(hint).exit(Exit::Incomplete))
    })
}

/// The Service of this name.
pub(super) fn service<'a>(facts: &Facts, view: &View<'a>, named: &Named) -> Result<Target<'a>> {
    let found = view.get::<Service>(&named.namespace, &named.name);
    found
        .map(Target::Service)
        .ok_or_else(|| absent(facts, Kind::Service, named))
}

/// The Gateway of this name.
pub(super) fn gateway<'a>(facts: &Facts, view: &View<'a>, named: &Named) -> Result<Target<'a>> {
    look_for(facts, Kind::Gateway)?;
    let found = view.get::<Gateway>(&named.namespace, &named.name);
    found
        .map(Target::Gateway)
        .ok_or_else(|| absent(facts, Kind::Gateway, named))
}

/// That a file holds none of a kind, which does not tell that there is none.
fn not_in_file(facts: &Facts, kind: Kind) -> Option<Failure> {
    let gap = facts.gap(kind)?;
    let told = format!("cannot look at {}: {}", kind.plural(), gap.message);
    let is_not_there = gap.reason == Reason::NotInFile;
    is_not_there.then(|| Failure::new(told).exit(Exit::Incomplete))
}

fn absent(facts: &Facts, kind: Kind, named: &Named) -> Failure {
    if let Some(failure) = not_in_file(facts, kind) {
        return failure;
    }
    let (namespace, name) = (&named.namespace, &named.name);
    let told = format!("there is no {} {namespace}/{name}", kind.name());
    let cluster = facts.cluster.as_ref();
    let told = cluster.map_or(told.clone(), |cluster| format!("{cluster}: {told}"));
    let plural = kind.plural();
    Failure::new(told)
        .hint(format!("list them with: kubectl get {plural} -A"))
        .exit(Exit::Failed)
}

/// What stands for the platform: Traefik's Services that face outside, else all gateways, else the
/// only Service that faces outside.
pub(super) fn default<'a>(facts: &Facts, view: &View<'a>) -> Result<Vec<Target<'a>>> {
    let outside = view
        .all::<Service>()
        .iter()
        .filter(|service| faces_outside(service));
    let outside: Vec<_> = outside.collect();
    let of_traefik: Vec<_> = outside
        .iter()
        .filter(|service| is_of_traefik(view, service))
        .collect();
    if !of_traefik.is_empty() {
        return Ok(of_traefik
            .into_iter()
            .map(|service| Target::Service(service))
            .collect());
    }
    let gateways = view.all::<Gateway>();
    if !gateways.is_empty() {
        return Ok(gateways.iter().map(Target::Gateway).collect());
    }
    match outside.as_slice() {
        [one] => Ok(vec![Target::Service(one)]),
        [] => {
            look_for(facts, Kind::Gateway)?;
            if let Some(failure) = not_in_file(facts, Kind::Service) {
                return Err(failure);
            }
            Err(Failure::new("there is no LoadBalancer Service and no Gateway").exit(Exit::Failed))
        }
        many => {
            let names = many.iter().map(|service| {
                let meta = &service.metadata;
                format!("--service {}/{}", meta.namespace, meta.name)
            });
            let names: Vec<_> = names.collect();
            Err(
                Failure::new("there are several LoadBalancer Services, and none is Traefik's")
                    .hint(format!("choose one: {}", names.join(", "))),
            )
        }
    }
}

/// Whether a Service is reached from outside at addresses of its own.
fn faces_outside(service: &Service) -> bool {
    service.spec.r#type == "LoadBalancer" || !service.spec.external_ips.is_empty()
}

/// Whether Traefik is behind a Service: by what it selects, or, in a file without workloads, by
/// its name.
fn is_of_traefik(view: &View<'_>, service: &Service) -> bool {
    let traefiks = traefik::all(view);
    let selected = selection::makers(view).into_iter().any(|maker| {
        let is_traefik = traefiks
            .iter()
            .any(|traefik| traefik.object == maker.object);
        is_traefik && maker.is_selected_by(service)
    });
    let meta = &service.metadata;
    let is_named = meta.name == "traefik" || meta.label("app.kubernetes.io/name") == "traefik";
    selected || (traefiks.is_empty() && is_named)
}
