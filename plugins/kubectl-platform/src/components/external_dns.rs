//! ExternalDNS: writes records at the DNS provider.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["externaldns.k8s.io"],
    names: &["external-dns"],
    ..Component::NONE
};
