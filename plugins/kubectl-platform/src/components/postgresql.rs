//! PostgreSQL as a plain chart runs it.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["postgresql", "postgres", "pgbouncer"],
    ..Component::NONE
};
