//! Why a pod's containers are not even created: configuration, volumes, or its sandbox.
//!
//! A check that uses this hints at `Event`, `Secret` and `ConfigMap`.

use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::config::{self, ConfigRef};
use super::trouble::Trouble;
use crate::checks::evidence::words::message;

/// kubelet's words for what it could not do, newest first to be found.
const REASONS: &[&str] = &[
    "FailedMount",
    "FailedAttachVolume",
    "FailedMapVolume",
    "FailedCreatePodSandBox",
    "NetworkNotReady",
];

/// What a pod waits for.
pub(in crate::checks) enum Hold<'a> {
    /// Secrets and ConfigMaps, or keys of them, that do not exist: to kubelet, or to a program that asks the API
    /// server for them and ends.
    Config(Vec<ConfigRef<'a>>),
    /// A volume; kubelet's words.
    Volume(&'a str),
    /// Its sandbox: mostly the network; kubelet's words.
    Sandbox(&'a str),
    /// Nobody says.
    Unknown,
}

impl<'a> Hold<'a> {
    /// What a pod with such a trouble waits for; nothing where it is not held up so early.
    pub(in crate::checks) fn of(view: &View<'a>, pod: &'a Pod) -> Option<Self> {
        let said = match Trouble::of(pod, view.now())? {
            Trouble::Creating => view
                .warnings_about(&pod.reference())
                .find(|event| REASONS.contains(&event.reason.as_str())),
            Trouble::Waiting(_, "CreateContainerConfigError", message) => {
                let missing = missing(view, pod, message);
                return (!missing.is_empty()).then_some(Self::Config(missing));
            }
            Trouble::Crashing(_, Some(end)) => {
                let missing = looked_for(view, pod, &end.message);
                return (!missing.is_empty()).then_some(Self::Config(missing));
            }
            _ => return None,
        };
        let message = said.map_or("", |event| event.message.trim());
        let missing = missing(view, pod, message);
        Some(match said.map(|event| event.reason.as_str()) {
            _ if !missing.is_empty() => Self::Config(missing),
            Some("FailedCreatePodSandBox" | "NetworkNotReady") => Self::Sandbox(message),
            Some(_) => Self::Volume(message),
            None => Self::Unknown,
        })
    }
}

/// What of a pod's configuration does not exist: as it was read, and as kubelet says. Of an object
/// that is not there at all no keys are named.
fn missing<'a>(view: &View<'a>, pod: &'a Pod, message: &str) -> Vec<ConfigRef<'a>> {
    let mut all: Vec<ConfigRef<'a>> = Vec::new();
    for needed in config::needed(&pod.spec) {
        let absent =
            absent(view, &pod.metadata.namespace, needed).or_else(|| says_absent(message, needed));
        all.extend(absent.filter(|absent| !all.contains(absent)));
    }
    all
}

/// What a program looked for itself in its own namespace, as it says: `secret "x" not found`.
fn looked_for<'a>(view: &View<'_>, pod: &Pod, message: &'a str) -> Vec<ConfigRef<'a>> {
    let kinds = [("Secret", "secret"), ("ConfigMap", "configmap")];
    let named = kinds.into_iter().flat_map(|(kind, word)| {
        message.match_indices(word).filter_map(move |(at, _)| {
            let rest = &message[at + word.len()..];
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            let (name, rest) = rest.strip_prefix(" \"")?.split_once('"')?;
            let is_absent = rest.starts_with(" not found");
            is_absent.then_some(ConfigRef {
                kind,
                name,
                key: "",
            })
        })
    });
    let absent = named.filter_map(|needed| absent(view, &pod.metadata.namespace, needed));
    let mut all: Vec<_> = absent.collect();
    all.dedup();
    all
}

/// An object or key that was looked for and not found.
pub(in crate::checks) fn absent<'a>(
    view: &View<'_>,
    namespace: &str,
    needed: ConfigRef<'a>,
) -> Option<ConfigRef<'a>> {
    let (knows, has_key) = if needed.is_secret() {
        let secret = view.get::<Secret>(namespace, needed.name);
        let has_key = |secret: &Secret| !secret.lacks(needed.key);
        (view.knows::<Secret>(), secret.map(has_key))
    } else {
        let map = view.get::<ConfigMap>(namespace, needed.name);
        let has_key = |map: &ConfigMap| map.keys.has(needed.key) || map.binary_keys.has(needed.key);
        (view.knows::<ConfigMap>(), map.map(has_key))
    };
    match has_key {
        None if knows => Some(ConfigRef { key: "", ..needed }),
        Some(false) if !needed.key.is_empty() => Some(needed),
        _ => None,
    }
}

/// The Secrets and ConfigMaps that kubelet says are not there, and are not.
pub(in crate::checks) fn absentees(
    view: &View<'_>,
    pod: &ObjectRef,
    words: &str,
) -> Vec<ObjectRef> {
    let mut named = message::absentees(pod, words);
    named.retain(|object| match &*object.kind {
        "Secret" => view.lacks::<Secret>(object.namespace(), &object.name),
        "ConfigMap" => view.lacks::<ConfigMap>(object.namespace(), &object.name),
        _ => false,
    });
    named
}

/// kubelet's words: `secret "x" not found`, `couldn't find key k in Secret ns/x`, `references
/// non-existent secret key: k`, `configmap references non-existent config key: k`.
fn says_absent<'a>(message: &str, needed: ConfigRef<'a>) -> Option<ConfigRef<'a>> {
    let ConfigRef { name, key, .. } = needed;
    let kind = needed.kind;
    if message.contains(&format!("{} \"{name}\" not found", kind.to_lowercase())) {
        return Some(ConfigRef { key: "", ..needed });
    }
    let in_env = format!("find key {key} in {kind} ");
    let in_volume = format!(
        "non-existent {} key: {key}",
        if needed.is_secret() {
            "secret"
        } else {
            "config"
        }
    );
    let says = (message.contains(&in_env) && message.ends_with(&format!("/{name}")))
        || message.ends_with(&in_volume);
    (says && !key.is_empty()).then_some(needed)
}
