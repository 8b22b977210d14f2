//! The rights that checks need, as ClusterRoles: one without Secrets, one with.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use shared::facts::Kind;

/// API groups whose kinds have no struct of their own, but whose objects are followed as causes.
pub(crate) const OPERATORS: &[&str] = &[
    "argoproj.io",
    "ceph.rook.io",
    "cilium.io",
    "core.strimzi.io",
    "csi.ceph.io",
    "dragonflydb.io",
    "externaldns.k8s.io",
    "fluentbit.fluent.io",
    "fluxcd.controlplane.io",
    "gateway.networking.k8s.io",
    "generators.external-secrets.io",
    "goharbor.goharbor.io",
    "grafana.integreatly.org",
    "image.toolkit.fluxcd.io",
    "k3s.cattle.io",
    "k8s.keycloak.org",
    "kafka.strimzi.io",
    "local.openebs.io",
    "longhorn.io",
    "metallb.io",
    "minio.min.io",
    "monitoring.coreos.com",
    "notification.toolkit.fluxcd.io",
    "objectbucket.io",
    "onepassword.com",
    "operator.victoriametrics.com",
    "operator.yugabyte.io",
    "postgresql.cnpg.io",
    "snapshot.storage.k8s.io",
    "tailscale.com",
    "traefik.io",
    "upgrade.cattle.io",
    "velero.io",
    "volsync.backube",
    "yugabyte.com",
];

/// What a list and a watch of it take; `--wait` watches.
const READ: &[&str] = &["list", "watch"];

/// The same, and looking into single objects.
const LOOK_INTO: &[&str] = &["get", "list", "watch"];

/// A role, as Kubernetes has it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClusterRole {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    rules: Vec<Rule>,
}

#[derive(Debug, Serialize)]
struct Metadata {
    name: &'static str,
}

/// What may be done with which kinds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    api_groups: Vec<&'static str>,
    resources: Vec<&'static str>,
    verbs: &'static [&'static str],
}

impl ClusterRole {
    fn new(name: &'static str, rules: Vec<Rule>) -> Self {
        Self {
            api_version: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRole",
            metadata: Metadata { name },
            rules,
        }
    }

    /// Whether it lets Secrets be read.
    pub(crate) fn is_of_secrets(&self) -> bool {
        let secrets = Kind::Secret.plural();
        self.rules
            .iter()
            .any(|rule| rule.resources.contains(&secrets))
    }
}

/// The roles that reading these kinds takes; none that would be empty.
pub(crate) fn roles(kinds: &BTreeSet<Kind>) -> Vec<ClusterRole> {
    let mut resources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for kind in kinds.iter().filter(|kind| **kind != Kind::Secret) {
        for api_version in kind.apis() {
            let group = api_version.split_once('/').map_or("", |(group, _)| group);
            resources.entry(group).or_default().insert(kind.plural());
        }
    }
    let mut rules: Vec<Rule> = resources
        .into_iter()
        .map(|(group, resources)| Rule {
            api_groups: vec![group],
            resources: resources.into_iter().collect(),
            verbs: READ,
        })
        .collect();
    if kinds.contains(&Kind::Custom) {
        rules.push(Rule {
            api_groups: OPERATORS.to_vec(),
            resources: vec!["*"],
            verbs: READ,
        });
    }
    let secrets = kinds.contains(&Kind::Secret).then(|| Rule {
        api_groups: vec![""],
        resources: vec!["secrets"],
        verbs: LOOK_INTO,
    });
    let plain = (!rules.is_empty()).then(|| ClusterRole::new("kubectl-platform", rules));
    let secrets = secrets.map(|rule| ClusterRole::new("kubectl-platform-secrets", vec![rule]));
    plain.into_iter().chain(secrets).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components;

    #[test]
    fn secrets_are_in_a_role_of_their_own() {
        let all: BTreeSet<Kind> = Kind::ALL.iter().copied().collect();
        let of_secrets: Vec<_> = roles(&all).iter().map(ClusterRole::is_of_secrets).collect();
        assert_eq!(of_secrets, [false, true]);
    }

    #[test]
    fn operators_of_every_component_are_among_them() {
        let tabled = Kind::ALL
            .iter()
            .flat_map(|kind| kind.apis())
            .map(|api| api.split('/').next().unwrap_or_default());
        let known: Vec<&str> = OPERATORS.iter().copied().chain(tabled).collect();
        for (name, component) in components::ALL {
            for group in component
                .groups
                .iter()
                .filter(|group| **group != "metrics.k8s.io")
            {
                let is_of =
                    |known: &&str| *known == *group || known.ends_with(&format!(".{group}"));
                assert!(known.iter().any(is_of), "{name}: no rights for {group}");
            }
        }
    }
}
