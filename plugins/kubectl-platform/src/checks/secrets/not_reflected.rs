//! secrets/not-reflected: Reflector may not copy a Secret to a namespace where pods need it.
//!
//! The Secret is copied to the namespaces that its annotation `reflection-auto-namespaces` names, if
//! `reflection-allowed` and `reflection-auto-enabled` are `true`; and another one has pods that need a
//! Secret of this name.
//! See <https://github.com/emberstack/kubernetes-reflector>.
//!
//! Add the namespace to both annotations, `reflection-allowed-namespaces` and
//! `reflection-auto-namespaces`; Reflector copies it at once.

use std::collections::BTreeMap;

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::config;
use crate::checks::evidence::pods::workload::Workload;
use crate::checks::evidence::secrets::reflector;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = pods_and![declared(Kind::Secret).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for secret in view.all::<Secret>() {
        let meta = &secret.metadata;
        let Some(targets) = reflector::targets(meta) else {
            continue;
        };
        let mut left_out: BTreeMap<&str, String> = BTreeMap::new();
        for pod in view.all::<Pod>() {
            let namespace = pod.metadata.namespace.as_str();
            let is_there = view.get::<Secret>(namespace, &meta.name).is_some();
            if !is_there && !targets.include(namespace) && needs(pod, &meta.name) {
                left_out
                    .entry(namespace)
                    .or_insert_with(|| Workload::of(view, pod).object.to_string());
            }
        }
        for (namespace, workload) in left_out {
            let told = format!(
                "is not copied to namespace {namespace}, where {workload} needs it: Reflector copies it to {}",
                targets.named()
            );
            found
                .error(secret, told)
                .remedy(remedy::describe(&secret.reference()));
        }
    }
}

/// Whether a pod names a Secret, for its images too.
fn needs(pod: &Pod, name: &str) -> bool {
    let needed = config::needed(&pod.spec);
    needed.iter().any(|one| one.is_secret() && one.name == name)
        || pod
            .spec
            .image_pull_secrets
            .iter()
            .any(|secret| secret.name == name)
}
