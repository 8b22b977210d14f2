//! The Secrets and ConfigMaps that a pod's spec names, and without which it does not start.

use shared::facts::kinds::env::KeyRef;
use shared::facts::kinds::pod::{Container, KeyPath, PodSpec, Volume};
use shared::object::ObjectRef;

/// A Secret or ConfigMap, or a key of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) struct ConfigRef<'a> {
    /// `Secret` or `ConfigMap`.
    pub(in crate::checks) kind: &'static str,
    /// Its name.
    pub(in crate::checks) name: &'a str,
    /// The key that must be there; empty where any will do.
    pub(in crate::checks) key: &'a str,
}

const SECRET: &str = "Secret";
const CONFIG_MAP: &str = "ConfigMap";

impl ConfigRef<'_> {
    /// Whether it is a Secret.
    pub(in crate::checks) fn is_secret(&self) -> bool {
        self.kind == SECRET
    }

    /// That it is not there, in words; of an object that does not exist its keys are not named.
    pub(in crate::checks) fn lack(&self) -> String {
        let Self { kind, name, key } = self;
        match *key {
            "" => format!("{kind} {name} does not exist"),
            key => format!("{kind} {name} has no key {key}"),
        }
    }

    /// The object.
    pub(in crate::checks) fn object(&self, namespace: &str) -> ObjectRef {
        ObjectRef::new("v1", self.kind, namespace, self.name)
    }
}

/// Every one that is not optional, key by key and once.
pub(in crate::checks) fn needed(spec: &PodSpec) -> Vec<ConfigRef<'_>> {
    let containers = spec.init_containers.iter().chain(&spec.containers);
    let mut named = Vec::new();
    containers.for_each(|container| of_container(container, &mut named));
    spec.volumes
        .iter()
        .for_each(|volume| of_volume(volume, &mut named));
    let mut needed = Vec::new();
    for (one, optional) in named {
        if !optional && !one.name.is_empty() && !needed.contains(&one) {
            needed.push(one);
        }
    }
    needed
}

/// What is named, and whether it is optional.
type Named<'a> = Vec<(ConfigRef<'a>, bool)>;

fn of_container<'a>(container: &'a Container, named: &mut Named<'a>) {
    let mut add = |kind, reference: &'a Option<KeyRef>| {
        named.extend(reference.iter().map(
            |KeyRef {
                 name,
                 key,
                 optional,
             }| { (ConfigRef { kind, name, key }, *optional) },
        ));
    };
    let variables = container.env.iter();
    for source in variables.filter_map(|variable| variable.value_from.as_ref()) {
        add(SECRET, &source.secret_key_ref);
        add(CONFIG_MAP, &source.config_map_key_ref);
    }
    for source in &container.env_from {
        add(SECRET, &source.secret_ref);
        add(CONFIG_MAP, &source.config_map_ref);
    }
}

fn of_volume<'a>(volume: &'a Volume, named: &mut Named<'a>) {
    let mut add = |kind, name: &'a str, items: &'a [KeyPath], optional| {
        let keys = std::iter::once("").chain(items.iter().map(|item| &*item.key));
        named.extend(keys.map(|key| (ConfigRef { kind, name, key }, optional)));
    };
    if let Some(secret) = &volume.secret {
        add(SECRET, &secret.secret_name, &secret.items, secret.optional);
    }
    if let Some(map) = &volume.config_map {
        add(CONFIG_MAP, &map.name, &map.items, map.optional);
    }
    for source in volume
        .projected
        .iter()
        .flat_map(|projected| &projected.sources)
    {
        if let Some(map) = &source.config_map {
            add(CONFIG_MAP, &map.name, &map.items, map.optional);
        }
        if let Some(secret) = &source.secret {
            add(SECRET, &secret.name, &secret.items, secret.optional);
        }
    }
}
