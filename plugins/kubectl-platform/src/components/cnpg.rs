//! CloudNativePG: PostgreSQL clusters, their backups and poolers.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["cnpg.io"],
    names: &["cloudnative-pg", "cnpg"],
    labels: &["cnpg.io/"],
    ..Component::NONE
};
