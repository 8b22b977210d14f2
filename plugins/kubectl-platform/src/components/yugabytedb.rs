//! YugabyteDB: a distributed PostgreSQL.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["yugabyte.com", "yugabyte.io"],
    names: &[
        "yugabyte",
        "yugabytedb",
        "yugaware",
        "yb-master",
        "yb-tserver",
    ],
    labels: &["yugabyte-cluster"],
    ..Component::NONE
};
