//! The workloads behind a Service.

use std::collections::HashSet;
use std::rc::Rc;

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate, StatefulSet};
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::{gone, selection};
use crate::checks::evidence::pods::workload::Workload;

/// What runs behind a Service: the workloads whose pods its selector picks, those included whose
/// pods do not exist. Nothing where there is no such Service.
pub(in crate::checks) fn service(view: &View<'_>, namespace: &str, name: &str) -> Rc<[ObjectRef]> {
    view.once(("behind a Service", namespace, name), || {
        found(view, namespace, name)
    })
}

fn found(view: &View<'_>, namespace: &str, name: &str) -> Rc<[ObjectRef]> {
    let pods = view.all::<Pod>();
    let sets = templates::<StatefulSet>(view, |set| &set.spec.template)
        .chain(templates::<Deployment>(view, |set| &set.spec.template))
        .chain(templates::<DaemonSet>(view, |set| &set.spec.template));
    let Some(service) = view.get::<Service>(namespace, name) else {
        return Rc::new([]);
    };
    let picks = |labels| selection::selects(&service.spec.selector, labels);
    let mut all: Vec<ObjectRef> = sets
        .filter(|(object, template)| {
            object.namespace() == namespace && picks(&template.metadata.labels)
        })
        .map(|(object, _)| object)
        .collect();
    let mut known: HashSet<ObjectRef> = all.iter().cloned().collect();
    for pod in pods
        .iter()
        .filter(|pod| pod.metadata.namespace == namespace && picks(&pod.metadata.labels))
    {
        let workload = Workload::of(view, pod).object;
        if known.insert(workload.clone()) {
            all.push(workload);
        }
    }
    // Nothing is: whatever its names tell of may be gone.
    if all.is_empty() && !service.spec.selector.is_empty() {
        all = gone::candidates(service);
    }
    all.into()
}

fn templates<'a, F: Fact>(
    view: &View<'a>,
    template: impl Fn(&'a F) -> &'a PodTemplate,
) -> impl Iterator<Item = (ObjectRef, &'a PodTemplate)> {
    view.all::<F>()
        .iter()
        .map(move |fact| (fact.reference(), template(fact)))
}
