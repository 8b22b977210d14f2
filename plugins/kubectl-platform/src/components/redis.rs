//! Redis, or Valkey in its place, as a plain chart runs it.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["redis", "valkey"],
    ..Component::NONE
};
