//! secrets/copy-outdated: A copy of a Secret is older than its source, or is not there.
//!
//! Reflector copies Secrets to other namespaces and notes the version that it copied. A copy of an
//! older version may hold credentials that were revoked since.
//! See <https://github.com/emberstack/kubernetes-reflector>.
//!
//! Find out why Reflector does not run; once it does it brings all copies up to date.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::secret::Secret;
use shared::facts::meta::Meta;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::remedy::command;
use crate::checks::evidence::sync;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Secret),
    declared(Kind::Namespace).lookup(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let reflector = sync::REFLECTOR.suspects(view);
    for secret in view.all::<Secret>() {
        let meta = &secret.metadata;
        let (namespace, name) = (&meta.namespace, &meta.name);
        let source = mark(meta, "reflects").split_once('/');
        let source = source.and_then(|(namespace, name)| view.get::<Secret>(namespace, name));
        if let Some(source) = source.map(|source| &source.metadata) {
            let copied = mark(meta, "reflected-version");
            if !copied.is_empty() && copied != source.resource_version {
                let text = format!(
                    "is a copy of {}/{} by Reflector, and the source has changed since",
                    source.namespace, source.name
                );
                found
                    .error(secret, text)
                    .suspect(reflector.clone())
                    .remedy(restart(&reflector));
            }
        }
        for target in targets(meta).filter(|target| target != namespace) {
            let is_there = view.get::<Secret>(target, name).is_some();
            if !is_there && view.get::<Namespace>("", target).is_some() {
                let missing = Kind::Secret.object(target, name);
                let text = format!(
                    "Secret {name} does not exist, though Reflector is to copy it from {namespace}"
                );
                found
                    .missing(Level::Error, missing, text)
                    .made_by(reflector.clone())
                    .remedy(restart(&reflector));
            }
        }
    }
}

fn mark<'a>(meta: &'a Meta, name: &str) -> &'a str {
    meta.annotation(&format!("reflector.v1.k8s.emberstack.com/{name}"))
}

/// The namespaces that copies are made in unasked, as far as they are named; patterns are not.
fn targets(meta: &Meta) -> impl Iterator<Item = &str> {
    let is_auto = mark(meta, "reflection-allowed") == "true"
        && mark(meta, "reflection-auto-enabled") == "true";
    let names = mark(meta, "reflection-auto-namespaces")
        .split(',')
        .map(str::trim);
    let is_name = |name: &&str| {
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !name.is_empty()
    };
    names.filter(is_name).filter(move |_| is_auto)
}

fn restart(reflector: &[shared::object::ObjectRef]) -> String {
    match reflector {
        [one, ..] => command!(
            "kubectl -n {} rollout restart {}/{}",
            one.namespace(),
            one.kind.to_ascii_lowercase(),
            one.name
        ),
        [] => "kubectl get deployments -A -l app.kubernetes.io/name=reflector".to_owned(),
    }
}
