//! network/ingress-class-missing: An Ingress names a class that does not exist.
//!
//! No controller feels responsible for the Ingress: nothing serves its hosts.
//!
//! Compare `spec.ingressClassName` with `kubectl get ingressclasses`. The class belongs to the
//! ingress controller: if that was not installed, neither was its class.

use shared::facts::kinds::ingress::{Ingress, IngressClass};
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::needed::{self, Needed};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Ingress),
    declared(Kind::IngressClass).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for ingress in view.all::<Ingress>() {
        let class = ingress
            .spec
            .ingress_class_name
            .as_deref()
            .unwrap_or_default();
        if !class.is_empty() && view.get::<IngressClass>("", class).is_none() {
            let by = (ingress.reference(), &ingress.metadata);
            let object = Kind::IngressClass.object("", class);
            needed.add(object, by, "spec.ingressClassName", Vec::new());
        }
    }
    needed.report(found, needed::always);
}
