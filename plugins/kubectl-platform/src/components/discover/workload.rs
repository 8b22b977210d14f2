//! The workloads that stand for components.

use shared::facts::by_kind::{DaemonSet, Deployment, StatefulSet};
use shared::facts::kinds::pod::PodSpec;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Facts};

/// A workload that stands for a component.
pub(super) struct Workload<'a> {
    pub(super) meta: &'a Meta,
    spec: &'a PodSpec,
}

impl Workload<'_> {
    /// Its label, else its image's tag.
    pub(super) fn version(&self) -> Option<String> {
        let label = self.meta.label("app.kubernetes.io/version");
        if !label.is_empty() {
            return Some(label.to_owned());
        }
        let (_, tag) = self.spec.containers.first()?.image_name();
        tag.map(str::to_owned)
    }
}

pub(super) fn workloads(facts: &Facts) -> impl Iterator<Item = Workload<'_>> {
    macro_rules! all {
        ($kind:ty) => {
            facts.all::<$kind>().iter().map(|workload| Workload {
                meta: workload.meta(),
                spec: &workload.spec.template.spec,
            })
        };
    }
    all!(Deployment)
        .chain(all!(StatefulSet))
        .chain(all!(DaemonSet))
}
