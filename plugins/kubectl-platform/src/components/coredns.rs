//! CoreDNS: names of Services and of everything else.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["coredns", "kube-dns"],
    ..Component::NONE
};
