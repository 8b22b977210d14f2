//! secrets/copy-outdated: A copy of a Secret is older than its source, or is not there.
//!
//! Reflector copies Secrets to other namespaces and notes the version that it copied. A copy of an
//! older version may hold credentials that were revoked since.
//! See <https://github.com/emberstack/kubernetes-reflector>.
//!
//! Find out why Reflector does not run; once it does it brings all copies up to date.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::secrets::{reflector, sync, uncopied};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Secret),
    declared(Kind::Namespace).lookup(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let copiers = sync::REFLECTOR.suspects(view);
    let siblings = uncopied::by_source(view);
    for secret in view.all::<Secret>() {
        let meta = &secret.metadata;
        let (namespace, name) = (&meta.namespace, &meta.name);
        if let Some(source) = reflector::newer_source(view, meta) {
            let text = format!(
                "is a copy of {}/{} by Reflector, and the source has changed since",
                source.namespace, source.name
            );
            let finding = found.error(secret, text);
            finding.suspect(copiers.clone()).remedy(restart(&copiers));
            finding.suspect(siblings.of(&meta.reference()));
        }
        for target in reflector::named_targets(meta).filter(|target| target != namespace) {
            let is_there = view.get::<Secret>(target, name).is_some();
            if !is_there && view.get::<Namespace>("", target).is_some() {
                let missing = Kind::Secret.object(target, name);
                let text = format!(
                    "Secret {name} does not exist, though Reflector is to copy it from {namespace}"
                );
                let finding = found.missing(Level::Error, missing.clone(), text);
                finding.made_by(copiers.clone()).remedy(restart(&copiers));
                finding.suspect(siblings.of(&missing));
            }
        }
    }
}

fn restart(copiers: &[ObjectRef]) -> String {
    match copiers {
        [one, ..] => command!(
            "kubectl -n {} rollout restart {}/{}",
            one.namespace(),
            one.kind.to_ascii_lowercase(),
            one.name
        ),
        [] => "kubectl get deployments -A -l app.kubernetes.io/name=reflector".to_owned(),
    }
}
