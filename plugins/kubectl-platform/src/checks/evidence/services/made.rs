//! Services that operators make for what they manage, by their names.

use shared::facts::Fact;
use shared::facts::kinds::service::Service;
use shared::object::{ObjectRef, group_of};

/// How the names end, and whose they are.
const MADE: [(&str, &str, &str); 5] = [
    ("-discovery", "k8s.keycloak.org/v2alpha1", "Keycloak"),
    ("-service", "k8s.keycloak.org/v2alpha1", "Keycloak"),
    ("-r", "postgresql.cnpg.io/v1", "Cluster"),
    ("-ro", "postgresql.cnpg.io/v1", "Cluster"),
    ("-rw", "postgresql.cnpg.io/v1", "Cluster"),
];

/// The custom resources that a Service of this name may have been made for: to be suspected where it is missing.
pub(in crate::checks) fn owners(service: &ObjectRef) -> impl Iterator<Item = ObjectRef> {
    MADE.iter().filter_map(|(end, api_version, kind)| {
        let name = service.name.strip_suffix(end)?;
        Some(ObjectRef::new(
            *api_version,
            *kind,
            service.namespace(),
            name,
        ))
    })
}

/// The Services that are made for a custom resource, whether or not they are there.
pub(in crate::checks) fn services(owner: &ObjectRef) -> impl Iterator<Item = ObjectRef> {
    let own = MADE.iter().filter(|(_, api_version, kind)| {
        *kind == &*owner.kind && group_of(api_version) == owner.group()
    });
    own.map(|(end, ..)| {
        let name = format!("{}{end}", owner.name);
        Service::KIND.object(owner.namespace(), &name)
    })
}
