//! Messages become the objects that they name.

use super::*;
use shared::facts::{Facts, Listing, Lists, Need, live};

const NEEDS: &[Need] = &[live(Kind::Service).hint(), live(Kind::Custom).hint()];

fn read<T: Fact>(kind: &'static str, text: &str) -> Listing<T> {
    let mut fact: T = serde_json::from_str(text).unwrap();
    fact.meta_mut().kind = kind.into();
    Listing {
        items: vec![fact],
        gap: None,
    }
}

fn named(message: &str) -> Vec<String> {
    let lists = Lists {
        Service: read(
            "Service",
            r#"{"metadata":{"name":"kube-dns","namespace":"kube-system"},"spec":{"clusterIP":"10.43.0.10"}}"#,
        ),
        Custom: read(
            "Keycloak",
            r#"{"kind":"Keycloak","metadata":{"name":"keycloak","namespace":"auth"}}"#,
        ),
        ..Lists::default()
    };
    let facts = Facts::new(None, jiff::Timestamp::UNIX_EPOCH, true, lists);
    let about = Kind::Kustomization.object("flux-system", "apps");
    let found = suspects(&View::new(&facts, NEEDS), &about, message);
    found.iter().map(|o| format!("{}:{o}", o.group())).collect()
}

#[test]
fn names_become_objects() {
    for (message, objects) in [
        (
            "dependency 'flux-system/databases' is not ready",
            &["kustomize.toolkit.fluxcd.io:Kustomization/flux-system/databases"][..],
        ),
        (
            "secrets \"sops-age\" not found",
            &[":Secret/flux-system/sops-age"],
        ),
        (
            "substitute from 'ConfigMap/vars' error: configmaps \"vars\" not found",
            &[":ConfigMap/flux-system/vars"],
        ),
        ("namespaces \"auth\" not found", &[":Namespace/auth"]),
        (
            "lookup github.com on 10.43.0.10:53: i/o timeout",
            &[":Service/kube-system/kube-dns"],
        ),
        (
            "lookup github.com on 192.168.1.1:53: i/o timeout",
            &[":Service/kube-system/kube-dns"],
        ),
        (
            "timeout waiting for: [Keycloak/auth/keycloak status: 'Failed', Keycloak/auth/other status: 'Failed']",
            &[":Keycloak/auth/keycloak"],
        ),
        (
            "no matches for kind \"ServicePolicy\" in version \"acme.io/v1\"",
            &["apiextensions.k8s.io:CustomResourceDefinition/servicepolicies.acme.io"],
        ),
    ] {
        assert_eq!(named(message), objects, "{message}");
    }
}
