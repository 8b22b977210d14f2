//! Whether the API server would serve a version of a kind, and what it serves instead.
//!
//! A check that uses this looks up `CustomResourceDefinition`.

use shared::facts::View;
use shared::facts::kinds::api::CustomResourceDefinition;
use shared::object::{ObjectRef, group_of, is_built_in};

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
        return is_built_in(group_of(api_version)).then(text);
    };
    let served = known.spec.versions.iter().filter(|version| version.served);
    let served: Vec<_> = served.map(|version| version.name.as_str()).collect();
    Some(format!("but {name} serves {}", served.join(", ")))
}
