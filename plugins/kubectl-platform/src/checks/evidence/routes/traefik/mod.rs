//! Traefik itself: where it runs, which version, and what it was told.
//!
//! A check that uses this looks up `Kind::Deployment` and `Kind::DaemonSet`.

mod blind;
mod version;

use std::collections::BTreeSet;

use shared::facts::kinds::apps::{DaemonSet, Deployment};
use shared::facts::kinds::pod::Container;
use shared::facts::kinds::service::Service;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

pub(in crate::checks) use self::blind::Blind;
pub(in crate::checks) use self::version::shown;
use self::version::version;
use crate::checks::evidence::flux::applier;
use crate::checks::evidence::routes;

/// How Traefik's environment names entry points and resolvers.
const IN_ENVIRONMENT: &[(&str, &str)] = &[
    ("--entrypoints.", "TRAEFIK_ENTRYPOINTS_"),
    ("--certificatesresolvers.", "TRAEFIK_CERTIFICATESRESOLVERS_"),
];

/// A workload that runs Traefik.
pub(crate) struct Traefik<'a> {
    /// Its Deployment or DaemonSet.
    pub(crate) object: ObjectRef,
    meta: &'a Meta,
    container: &'a Container,
}

/// All that run Traefik.
pub(crate) fn all<'a>(view: &View<'a>) -> Vec<Traefik<'a>> {
    let deployments = view.all::<Deployment>().iter();
    let deployments =
        deployments.map(|w| (w.reference(), &w.metadata, &w.spec.template.spec.containers));
    let daemons = view.all::<DaemonSet>().iter();
    let daemons = daemons.map(|w| (w.reference(), &w.metadata, &w.spec.template.spec.containers));
    deployments
        .chain(daemons)
        .filter_map(|(object, meta, containers)| {
            let container = containers.iter().find(|container| is_traefik(container))?;
            Some(Traefik {
                object,
                meta,
                container,
            })
        })
        .collect()
}

/// The routes that a Service of Traefik's leads to, while nothing runs Traefik.
pub(in crate::checks) fn served_by(view: &View<'_>, service: &Service) -> Vec<ObjectRef> {
    let mut asked = service.spec.selector.values();
    if asked.any(|value| *value == "traefik") && all(view).is_empty() {
        routes::served_by_traefik(view)
    } else {
        Vec::new()
    }
}

/// The routes that Traefik serves, where it is one of these workloads.
pub(in crate::checks) fn served_through(
    view: &View<'_>,
    workloads: &[ObjectRef],
) -> Vec<ObjectRef> {
    let mut traefiks = all(view).into_iter();
    if traefiks.any(|traefik| workloads.contains(&traefik.object)) {
        routes::served_by_traefik(view)
    } else {
        Vec::new()
    }
}

/// What Go reads as false.
/// See <https://pkg.go.dev/strconv#ParseBool>.
const FALSE: [&str; 6] = ["0", "f", "F", "FALSE", "False", "false"];

fn is_traefik(container: &Container) -> bool {
    let has_entry_points = !container.args.names_in("--entrypoints.").is_empty();
    has_entry_points || version(container).is_some()
}

impl Traefik<'_> {
    /// Major and minor version, where the image tells.
    pub(in crate::checks) fn version(&self) -> Option<(u32, u32)> {
        version(self.container)
    }

    /// The Service whose address its Ingresses are to show, as namespace and name.
    pub(in crate::checks) fn published(&self) -> Option<(&str, &str)> {
        let option = "--providers.kubernetesingress.ingressendpoint.publishedservice";
        self.container.args.value(option)?.split_once('/')
    }

    /// Whether it was told to read rules as Traefik 2 did.
    pub(in crate::checks) fn reads_old_rules(&self) -> bool {
        self.container.args.value("--core.defaultrulesyntax") == Some("v2")
    }

    /// The port that an entry point (its name in lower case) listens on: of `:5432/tcp` 5432.
    pub(in crate::checks) fn port_of(&self, entry_point: &str) -> Option<i64> {
        let option = format!("--entrypoints.{entry_point}.address");
        let address = self.container.args.value(&option)?;
        let port = address.split('/').next()?.rsplit(':').next()?;
        port.parse().ok()
    }

    /// The names in a section of its static configuration (`--entrypoints.`), in lower case.
    /// Nothing where it is told them in a file, which we do not see.
    fn names_in(&self, section: &'static str) -> Option<BTreeSet<String>> {
        let args = &self.container.args;
        let environment = &self.container.env;
        let in_environment = |section: &str| {
            let prefixes = IN_ENVIRONMENT
                .iter()
                .filter(move |(known, _)| *known == section);
            let names = prefixes.flat_map(|(_, prefix)| {
                environment.iter().filter_map(move |variable| {
                    let rest = variable.name.strip_prefix(prefix)?;
                    Some(rest.split('_').next()?.to_ascii_lowercase())
                })
            });
            names.collect::<Vec<_>>()
        };
        let entry_points =
            args.names_in("--entrypoints.").len() + in_environment("--entrypoints.").len();
        if entry_points == 0 || args.value("--configfile").is_some() {
            return None;
        }
        let of_args = args.names_in(section).into_iter().map(str::to_owned);
        Some(of_args.chain(in_environment(section)).collect())
    }

    /// Whether an option of a provider that is off by default is on. Nothing where it is told in a
    /// file.
    fn allows(&self, option: &str) -> Option<bool> {
        self.names_in("--entrypoints.")?;
        let value = self.container.args.value(option);
        Some(value.is_some_and(|value| !FALSE.contains(&value)))
    }
}

/// Traefiks in words.
pub(in crate::checks) fn named(traefiks: &[Traefik<'_>]) -> String {
    let names: Vec<_> = traefiks
        .iter()
        .map(|traefik| traefik.object.to_string())
        .collect();
    names.join(", ")
}

/// What should have given Traefiks their configuration: who applied them, on k3s its chart and the
/// Job that installs it. Suspects where something is missing in it.
///
/// A check that uses this hints at `Kind::Application`.
pub(in crate::checks) fn installers(view: &View<'_>, traefiks: &[Traefik<'_>]) -> Vec<ObjectRef> {
    let of_one = |traefik: &Traefik<'_>| {
        let meta = traefik.meta;
        let chart = Kind::K3sHelmChart.object("kube-system", &meta.name);
        let job = Kind::Job.object("kube-system", &format!("helm-install-{}", meta.name));
        let mut all = applier::appliers(view, meta);
        all.extend([chart, job]);
        all
    };
    traefiks.iter().flat_map(of_one).collect()
}

/// The names in a section of all Traefiks' configuration; nothing where there is none, or one that
/// we do not see whole.
pub(in crate::checks) fn names_in(
    traefiks: &[Traefik<'_>],
    section: &'static str,
) -> Option<BTreeSet<String>> {
    if traefiks.is_empty() {
        return None;
    }
    let all: Option<Vec<_>> = traefiks
        .iter()
        .map(|traefik| traefik.names_in(section))
        .collect();
    Some(all?.into_iter().flatten().collect())
}

/// Whether all Traefiks refuse what an option would allow.
pub(in crate::checks) fn refuse(traefiks: &[Traefik<'_>], option: &str) -> bool {
    let mut all = traefiks.iter();
    !traefiks.is_empty() && all.all(|traefik| traefik.allows(option) == Some(false))
}
