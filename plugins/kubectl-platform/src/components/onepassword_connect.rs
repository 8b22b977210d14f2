//! 1Password Connect: secrets from a vault.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["onepassword.com"],
    names: &["onepassword-connect", "onepassword", "connect-operator"],
    ..Component::NONE
};
