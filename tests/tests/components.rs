//! Every component's file is in the list, no two share a name, and those of the example are found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kubectl_platform::components::{ALL, Discovered, Versions};
use shared::facts::Facts;
use shared::object::ObjectRef;
use shared::source;

fn facts(documents: &str) -> Facts {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("objects.yaml");
    fs::write(&path, documents).unwrap();
    source::read_path(&path, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_file_is_in_the_list() {
    let folder = root().join("plugins/kubectl-platform/src/components");
    let files: BTreeSet<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            path.file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .replace('_', "-")
        })
        .filter(|name| name != "mod" && name != "discover")
        .collect();
    let listed: BTreeSet<_> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, listed);
}

#[test]
fn no_two_components_share_anything() {
    let mut seen = BTreeSet::new();
    for (name, component) in ALL {
        assert!(
            !component.names.is_empty(),
            "{name}: its first name gives the version"
        );
        let all = component
            .names
            .iter()
            .chain(component.groups)
            .chain(component.labels);
        for text in all {
            assert!(seen.insert(*text), "{name}: {text} is another's too");
        }
    }
}

#[test]
fn what_the_example_is_made_of() {
    let path = root().join("tests/examples/almckay-broken/cluster.yaml");
    let facts = source::read_path(
        &path,
        "2026-11-21T09:00:00Z".parse::<jiff::Timestamp>().unwrap(),
    )
    .unwrap();
    let found = Discovered::new(&facts);
    let of = |api: &'static str, kind: &'static str, namespace: &str, name: &str| {
        found.of(&ObjectRef::new(api, kind, namespace, name))
    };
    for (object, component) in [
        (of("v1", "Pod", "database", "postgresql-0"), "postgresql"),
        (
            of("helm.toolkit.fluxcd.io/v2", "HelmRelease", "cache", "redis"),
            "redis",
        ),
        (
            of("cert-manager.io/v1", "Certificate", "auth", "authentik-tls"),
            "cert-manager",
        ),
        (
            of(
                "traefik.io/v1alpha1",
                "IngressRouteTCP",
                "cache",
                "redis-tcp",
            ),
            "traefik",
        ),
        (of("v1", "Secret", "flux-system", "sops-age"), "flux"),
        (
            of("v1", "Secret", "auth", "authentik-credentials"),
            "authentik",
        ),
        (of("v1", "Service", "kube-system", "kube-dns"), "coredns"),
        (of("v1", "Node", "", "k3s-1"), "kubernetes"),
        (
            of("v1", "ConfigMap", "kube-system", "coredns"),
            "kubernetes",
        ),
        (
            of(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                "",
                "orders.acme.cert-manager.io",
            ),
            "cert-manager",
        ),
    ] {
        assert_eq!(object.as_deref(), Some(component));
    }
    let versions = Versions::new(&facts);
    let version = |name| versions.of(name);
    assert_eq!(version("flux").as_deref(), Some("v2.8.1"));
    assert_eq!(version("traefik").as_deref(), Some("3.6.10"));
    assert_eq!(version("postgresql").as_deref(), Some("18.1.0"));
    assert_eq!(version("nothing"), None);
}

#[test]
fn nodes_of_two_versions_are_told_from_the_oldest_to_the_newest() {
    let node = |version: &str| {
        format!(
            "apiVersion: v1\nkind: Node\nmetadata: {{name: n{version}}}\n\
             status: {{nodeInfo: {{kubeletVersion: {version}}}}}\n"
        )
    };
    let facts = facts(&[node("v1.36.10"), node("v1.36.9")].join("---\n"));
    let version = Versions::new(&facts).of("kubernetes");
    assert_eq!(version.as_deref(), Some("v1.36.9 to v1.36.10"));
}

#[test]
fn an_object_of_a_version_of_old_is_of_its_component_too() {
    let facts = facts(
        "apiVersion: apps/v1beta2\nkind: Deployment\n\
         metadata: {name: cache, namespace: web, labels: {app.kubernetes.io/name: redis}}\n",
    );
    let object = ObjectRef::new("apps/v1beta2", "Deployment", "web", "cache");
    let component = Discovered::new(&facts).of(&object);
    assert_eq!(component.as_deref(), Some("redis"));
}
