//! The controllers behind custom resources: where they run, and whether they do.
//!
//! A check that uses this looks up `Kind::Deployment` and `Kind::StatefulSet`, and hints at
//! `Kind::Service`.

use shared::facts::kinds::apps::{Deployment, StatefulSet};
use shared::facts::kinds::service::Service;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::finding::{Findings, Level};
use shared::health::Assess;
use shared::object::ObjectRef;

use super::services::selection;
use super::words::remedy::command;

/// A controller that something in the cluster needs.
pub(in crate::checks) struct Controller {
    /// The names that ways of installing it give to its Deployment or StatefulSet.
    pub(in crate::checks) names: &'static [&'static str],
    /// What it is made as.
    pub(in crate::checks) kind: Kind,
    /// The namespace that its documents put it in.
    pub(in crate::checks) home: &'static str,
    /// What does not happen without it.
    pub(in crate::checks) loss: &'static str,
    /// What installs it, or shows what there is.
    pub(in crate::checks) install: &'static str,
}

/// What to do about a controller that may be installed in many ways: see what there is.
pub(in crate::checks) const LOOK: &str = "kubectl get deployments,statefulsets -A";

impl Controller {
    /// Where it runs: what bears its name, or labels its pods so.
    pub(in crate::checks) fn runs_in(&self, view: &View<'_>) -> Vec<ObjectRef> {
        let deployments = view.all::<Deployment>().iter().map(Fact::meta);
        let sets = view.all::<StatefulSet>().iter().map(Fact::meta);
        let all: Vec<&Meta> = deployments.chain(sets).collect();
        let by_name = all
            .iter()
            .filter(|meta| self.names.contains(&meta.name.as_str()));
        let mut found: Vec<ObjectRef> = by_name.map(|meta| meta.reference()).collect();
        if found.is_empty() {
            let label = "app.kubernetes.io/name";
            let by_label = all
                .iter()
                .filter(|meta| self.names.contains(&meta.label(label)));
            found.extend(by_label.map(|meta| meta.reference()));
        }
        found
    }

    /// The Services that it is reached by, which bear its name.
    pub(in crate::checks) fn services(&self, view: &View<'_>) -> impl Iterator<Item = ObjectRef> {
        let all = self.runs_in(view).into_iter();
        all.map(|object| Service::KIND.object(object.namespace(), &object.name))
    }

    /// The Services of its Deployments that are not there: none of the name, nor any other for the
    /// same pods.
    pub(in crate::checks) fn lost_services(
        &self,
        view: &View<'_>,
    ) -> impl Iterator<Item = ObjectRef> {
        self.services(view).filter(|service| {
            let own = view.get::<Deployment>(service.namespace(), &service.name);
            own.is_some_and(|own| {
                let labels = &own.spec.template.metadata.labels;
                let leads = |one: &Service| {
                    let meta = &one.metadata;
                    meta.namespace == service.namespace()
                        && (meta.name == service.name
                            || selection::selects(&one.spec.selector, labels))
                };
                view.knows::<Service>() && !view.all::<Service>().iter().any(leads)
            })
        })
    }

    /// What to suspect where its work is not done: where it runs, or would run.
    pub(in crate::checks) fn suspects(&self, view: &View<'_>) -> Vec<ObjectRef> {
        let all = self.runs_in(view);
        if all.is_empty() {
            self.missing(view).into_iter().collect()
        } else {
            all
        }
    }

    /// What it would be if it were there. A Service that still asks for its pods tells where it was.
    fn missing(&self, view: &View<'_>) -> Option<ObjectRef> {
        let asks = |service: &&Service| {
            let is_named = |name: &str| self.names.contains(&name);
            let mut asked = service.spec.selector.values();
            is_named(&service.metadata.name) || asked.any(|value| is_named(value))
        };
        let service = view.all::<Service>().iter().find(asks);
        let home = service.map_or(self.home, |service| &service.metadata.namespace);
        let name = self.names.first()?;
        Some(self.kind.object(home, name))
    }

    /// Says that it is not installed, scaled to nothing, or that none of its pods is ready.
    pub(in crate::checks) fn look(&self, view: &View<'_>, found: &mut Findings) {
        let all = self.runs_in(view);
        let [name, ..] = self.names else { return };
        if all.is_empty()
            && let Some(missing) = self.missing(view)
        {
            let text = format!("{name} is not installed: {}", self.loss);
            let finding = found.missing(Level::Error, missing, text);
            finding.remedy(self.install);
        }
        for object in all {
            let (namespace, name) = (object.namespace(), object.name.as_str());
            if let Some(one) = view.get::<Deployment>(namespace, name) {
                self.judge(
                    view,
                    found,
                    one,
                    one.spec.replicas,
                    one.status.available_replicas,
                );
            } else if let Some(one) = view.get::<StatefulSet>(namespace, name) {
                self.judge(
                    view,
                    found,
                    one,
                    one.spec.replicas,
                    one.status.ready_replicas,
                );
            }
        }
    }

    fn judge<F: Assess>(
        &self,
        view: &View<'_>,
        found: &mut Findings,
        one: &F,
        wanted: Option<i64>,
        ready: i64,
    ) {
        let meta = one.meta();
        let (namespace, name, loss) = (&meta.namespace, &meta.name, self.loss);
        let workload = format!("{}/{name}", meta.kind.to_ascii_lowercase());
        if wanted == Some(0) {
            found
                .error(one, format!("{name} is scaled to 0: {loss}"))
                .remedy(command!(
                    "kubectl -n {} scale {} --replicas=1",
                    namespace,
                    workload
                ));
        } else if ready == 0 {
            let health = one.health(view.now());
            let text = format!("{name} does not run: {loss} ({})", health.message);
            if let Some(finding) = found.unwell(one, &health, text) {
                finding.remedy(command!("kubectl -n {} describe {}", namespace, workload));
            }
        }
    }
}
