//! Strimzi: Kafka.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["strimzi.io"],
    names: &[
        "strimzi",
        "strimzi-cluster-operator",
        "strimzi-kafka-operator",
    ],
    labels: &["strimzi.io/"],
    ..Component::NONE
};
