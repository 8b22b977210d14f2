//! The objects that a pod's spec names, and the pods may not start without.

use shared::facts::kinds::core::ServiceAccount;
use shared::facts::kinds::env::KeyRef;
use shared::facts::kinds::pod::{Pod, PodSpec};
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

/// A Secret or ConfigMap that a pod needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) struct Needed<'a> {
    /// Whether it is a Secret, else a ConfigMap.
    pub(in crate::checks) is_secret: bool,
    /// Its name.
    pub(in crate::checks) name: &'a str,
    /// The key that must be there; empty where any will do.
    pub(in crate::checks) key: &'a str,
}

impl Needed<'_> {
    /// `Secret` or `ConfigMap`.
    pub(in crate::checks) fn kind(&self) -> &'static str {
        if self.is_secret {
            "Secret"
        } else {
            "ConfigMap"
        }
    }

    /// That it is not there, in words; of an object that does not exist its keys are not named.
    pub(in crate::checks) fn lack(&self) -> String {
        let Self { name, key, .. } = self;
        match *key {
            "" => format!("{} {name} does not exist", self.kind()),
            key => format!("{} {name} has no key {key}", self.kind()),
        }
    }

    /// The object.
    pub(in crate::checks) fn object(&self, namespace: &str) -> ObjectRef {
        ObjectRef::new("v1", self.kind(), namespace, self.name)
    }
}

/// Every Secret and ConfigMap that is not optional, key by key.
pub(in crate::checks) fn config<'a>(spec: &'a PodSpec) -> Vec<Needed<'a>> {
    let mut all = Vec::new();
    let mut add = |is_secret, name: &'a str, key: &'a str, optional: bool| {
        let needed = Needed {
            is_secret,
            name,
            key,
        };
        if !optional && !name.is_empty() && !all.contains(&needed) {
            all.push(needed);
        }
    };
    let mut add_key = |is_secret, reference: &'a Option<KeyRef>| {
        if let Some(reference) = reference {
            add(
                is_secret,
                &reference.name,
                &reference.key,
                reference.optional,
            );
        }
    };
    for container in spec.init_containers.iter().chain(&spec.containers) {
        for source in container
            .env
            .iter()
            .filter_map(|env| env.value_from.as_ref())
        {
            add_key(true, &source.secret_key_ref);
            add_key(false, &source.config_map_key_ref);
        }
        for source in &container.env_from {
            add_key(true, &source.secret_ref);
            add_key(false, &source.config_map_ref);
        }
    }
    for volume in &spec.volumes {
        if let Some(secret) = &volume.secret {
            add(true, &secret.secret_name, "", secret.optional);
            for item in &secret.items {
                add(true, &secret.secret_name, &item.key, secret.optional);
            }
        }
        let projected = volume
            .projected
            .iter()
            .flat_map(|projected| &projected.sources);
        let maps = volume
            .config_map
            .iter()
            .chain(projected.clone().filter_map(|p| p.config_map.as_ref()));
        let sources = maps
            .map(|map| (false, map))
            .chain(projected.filter_map(|p| Some((true, p.secret.as_ref()?))));
        for (is_secret, source) in sources {
            add(is_secret, &source.name, "", source.optional);
            for item in &source.items {
                add(is_secret, &source.name, &item.key, source.optional);
            }
        }
    }
    all
}

/// The claims that a pod mounts.
pub(in crate::checks) fn claims(spec: &PodSpec, namespace: &str) -> Vec<ObjectRef> {
    let claims = spec
        .volumes
        .iter()
        .filter_map(|volume| volume.persistent_volume_claim.as_ref());
    claims
        .map(|claim| Kind::PersistentVolumeClaim.object(namespace, &claim.claim_name))
        .collect()
}

/// The node that a pod is on.
pub(in crate::checks) fn node(spec: &PodSpec) -> Option<ObjectRef> {
    (!spec.node_name.is_empty()).then(|| ObjectRef::new("v1", "Node", "", spec.node_name.clone()))
}

/// The Secrets that kubelet shows to the registry: those of the pod, else of its ServiceAccount.
pub(in crate::checks) fn pull_secrets(view: &View<'_>, pod: &Pod) -> Vec<ObjectRef> {
    let namespace = &pod.metadata.namespace;
    let account = view.get::<ServiceAccount>(namespace, &pod.spec.service_account_name);
    let of_account = account
        .into_iter()
        .flat_map(|account| &account.image_pull_secrets);
    let names = pod.spec.image_pull_secrets.iter().chain(of_account);
    names
        .map(|secret| ObjectRef::new("v1", "Secret", namespace, secret.name.clone()))
        .collect()
}

/// The account that pods run under, where it is not there. Each namespace has one; where there is none
/// at all, nobody looked.
pub(in crate::checks) fn absent_account<'a>(
    view: &View<'_>,
    namespace: &str,
    spec: &'a PodSpec,
) -> Option<&'a str> {
    let name = spec.service_account_name.as_str();
    let is_known = !view.all::<ServiceAccount>().is_empty() && !["", "default"].contains(&name);
    let account = view.get::<ServiceAccount>(namespace, name);
    (is_known && account.is_none()).then_some(name)
}
