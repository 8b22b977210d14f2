//! The ends of connections: pods that are alike, and their ports.

use std::sync::LazyLock;

use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::PodSpec;
use shared::facts::pairs::Pairs;
use shared::object::ObjectRef;

use crate::checks::evidence::services::selection::Maker;

/// One end of a connection: pods that are alike.
#[derive(Clone)]
pub(in crate::checks) struct End<'a> {
    /// The workload that they are of.
    pub(in crate::checks) object: ObjectRef,
    /// Their labels.
    pub(in crate::checks) labels: &'a Pairs,
    /// Their spec.
    pub(in crate::checks) spec: &'a PodSpec,
}

impl<'a> From<&Maker<'a>> for End<'a> {
    fn from(maker: &Maker<'a>) -> Self {
        let template = maker.template;
        Self {
            object: maker.object.clone(),
            labels: &template.metadata.labels,
            spec: &template.spec,
        }
    }
}

impl End<'static> {
    /// An end that is no pod of a namespace, and has no labels.
    pub(in crate::checks) fn without_pods(object: ObjectRef) -> Self {
        static LABELS: LazyLock<Pairs> = LazyLock::new(Pairs::default);
        static SPEC: LazyLock<PodSpec> = LazyLock::new(PodSpec::default);
        Self {
            object,
            labels: &LABELS,
            spec: &SPEC,
        }
    }

    /// What is outside of the cluster; it has no name.
    pub(in crate::checks) fn outside() -> Self {
        Self::without_pods(ObjectRef::new("", "", "", ""))
    }
}

/// A port of the pods that are talked to, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) struct Port {
    /// `TCP`, `UDP` or `SCTP`.
    pub(in crate::checks) protocol: String,
    /// Its number, where the Service or the container tells.
    pub(in crate::checks) number: Option<i64>,
    /// The name that the container has for it; may be empty.
    pub(in crate::checks) name: String,
}

/// The port of a workload's pods that a Service's `targetPort` means.
pub(in crate::checks) fn port(spec: &PodSpec, protocol: &str, target: &IntOrString) -> Port {
    let mut ports = spec
        .containers
        .iter()
        .flat_map(|container| &container.ports);
    let known = ports.find(|port| match target {
        IntOrString::Int(number) => port.container_port == *number,
        IntOrString::Text(name) => port.name == *name,
    });
    Port {
        protocol: if protocol.is_empty() { "TCP" } else { protocol }.to_owned(),
        number: match target {
            IntOrString::Int(number) => Some(*number),
            IntOrString::Text(_) => known.map(|port| port.container_port),
        },
        name: match target {
            IntOrString::Int(_) => known.map(|port| port.name.to_string()).unwrap_or_default(),
            IntOrString::Text(name) => name.clone(),
        },
    }
}
