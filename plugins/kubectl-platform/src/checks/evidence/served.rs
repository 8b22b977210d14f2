//! Whether the API server would serve a version of a kind, and what it serves instead.
//!
//! A check that uses this looks up `CustomResourceDefinition`.

use shared::facts::View;
use shared::facts::kinds::api::CustomResourceDefinition;
use shared::object::{ObjectRef, group_of};

/// The groups of Kubernetes' own kinds that look like those of definitions: others of `k8s.io`, such
/// as `gateway.networking.k8s.io`, are definitions.
const BUILT_IN: &[&str] = &[
    "admissionregistration",
    "apiextensions",
    "apiregistration",
    "certificates",
    "coordination",
    "discovery",
    "events",
    "flowcontrol.apiserver",
    "networking",
    "node",
    "rbac.authorization",
    "resource",
    "scheduling",
    "storage",
];

/// Why a version that is not served is not, where the kind itself is there; nothing where no
/// definition brings it.
pub(in crate::checks) fn instead(
    view: &View<'_>,
    definition: &ObjectRef,
    api_version: &str,
) -> Option<String> {
    let name = &definition.name;
    let Some(known) = view.get::<CustomResourceDefinition>("", name) else {
        let text = || "which this cluster does not serve".to_owned();
        return is_built_in(api_version).then(text);
    };
    let served = known.spec.versions.iter().filter(|version| version.served);
    let served: Vec<_> = served.map(|version| version.name.as_str()).collect();
    Some(format!("but {name} serves {}", served.join(", ")))
}

/// Whether a kind comes with the API server, whatever the version: no definition brings it.
fn is_built_in(api_version: &str) -> bool {
    let group = group_of(api_version);
    let own = group.strip_suffix(".k8s.io");
    !group.contains('.') || own.is_some_and(|own| BUILT_IN.contains(&own))
}
