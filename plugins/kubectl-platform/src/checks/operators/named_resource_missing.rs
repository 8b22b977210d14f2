//! operators/named-resource-missing: A custom resource belongs to another one that does not exist.
//!
//! A realm to import names its Keycloak, a pooler, a database or scheduled backups their cluster of
//! PostgreSQL. The operator waits for it, and mostly says nothing.
//!
//! Correct the name, or find out what should have made the other one.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::flux::applier::appliers;
use crate::checks::evidence::needed::{self, Needed};

/// Group and kind, the field that names the other one in the same namespace, and its kind.
const NAMES: [(&str, &str, [&str; 2], &str); 5] = [
    (
        "k8s.keycloak.org",
        "KeycloakRealmImport",
        KEYCLOAK,
        "Keycloak",
    ),
    ("postgresql.cnpg.io", "Database", CLUSTER, "Cluster"),
    ("postgresql.cnpg.io", "Pooler", CLUSTER, "Cluster"),
    ("postgresql.cnpg.io", "Publication", CLUSTER, "Cluster"),
    ("postgresql.cnpg.io", "ScheduledBackup", CLUSTER, "Cluster"),
];
const KEYCLOAK: [&str; 2] = ["keycloakCRName", "spec.keycloakCRName"];
const CLUSTER: [&str; 2] = ["cluster.name", "spec.cluster.name"];

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    // Only where all was read is what was not seen missing.
    live(Kind::Namespace).lookup(),
    live(Kind::Kustomization).hint(),
    live(Kind::HelmRelease).hint(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let all = view.all::<Custom>();
    let mut needed = Needed::default();
    for custom in all.iter().filter(|custom| !custom.spec.is_true("suspend")) {
        let row = NAMES
            .iter()
            .find(|(group, kind, ..)| custom.kind == *kind && custom.group() == *group);
        let Some((group, _, [key, field], target)) = row else {
            continue;
        };
        let (meta, name) = (&custom.metadata, custom.spec.text(key));
        let is = |one: &Custom| {
            let there = (&one.metadata.namespace, one.metadata.name.as_str());
            one.kind == *target && one.group() == *group && there == (&meta.namespace, name)
        };
        let lives = view.get::<Namespace>("", &meta.namespace).is_some();
        if lives && !name.is_empty() && !all.iter().any(is) {
            let api_version = custom.api_version.clone();
            let missing = ObjectRef::new(api_version, *target, &meta.namespace, name);
            let by = (custom.reference(), meta);
            needed.add(missing, by, field, appliers(view, meta));
        }
    }
    needed.report(found, needed::always);
}
