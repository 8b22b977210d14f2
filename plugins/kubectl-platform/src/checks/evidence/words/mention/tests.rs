//! What controllers really write.

use super::*;

fn object<'m>(kind: &'m str, namespace: &'m str, name: &'m str) -> Mention<'m> {
    Mention::Object {
        kind,
        namespace,
        name,
    }
}

#[test]
fn objects_that_a_health_check_waits_for() {
    assert_eq!(
        mentions(
            "health check failed after 5m0s: timeout waiting for: [HelmRepository/flux-system/emberstack \
             status: 'InProgress', ClusterIssuer/letsencrypt-prod status: 'Failed']"
        ),
        [
            object("HelmRepository", "flux-system", "emberstack"),
            object("ClusterIssuer", "", "letsencrypt-prod")
        ]
    );
}

#[test]
fn objects_named_before_a_quoted_name() {
    assert_eq!(
        mentions("HelmChart 'flux-system/auth-authentik' is not ready: no artifact"),
        [object("HelmChart", "flux-system", "auth-authentik")]
    );
    assert_eq!(
        mentions(
            "could not resolve Secret chart values reference 'auth/values' with key 'values.yaml': \
             secrets \"values\" not found"
        ),
        [
            object("Secret", "auth", "values"),
            Mention::Absent {
                resource: "secrets",
                name: "values"
            }
        ]
    );
    assert_eq!(
        mentions("dependency 'flux-system/databases' is not ready"),
        [Mention::Dependency {
            namespace: "flux-system",
            name: "databases"
        }]
    );
}

#[test]
fn a_dependency_that_cannot_be_got() {
    assert_eq!(
        mentions("unable to get 'database/postgres' dependency: HelmRelease.helm \"x\" is gone"),
        [Mention::Dependency {
            namespace: "database",
            name: "postgres"
        }]
    );
}

#[test]
fn a_namespace_that_goes() {
    assert_eq!(
        mentions(
            "deployments.apps \"site\" is forbidden: unable to create new content in namespace web \
             because it is being terminated"
        ),
        [object("Namespace", "", "web")]
    );
}

#[test]
fn what_is_not_there() {
    assert_eq!(
        mentions(
            "substitute from 'ConfigMap/cluster-vars' error: configmaps \"cluster-vars\" not found"
        ),
        [
            object("ConfigMap", "", "cluster-vars"),
            Mention::Absent {
                resource: "configmaps",
                name: "cluster-vars"
            }
        ]
    );
    assert_eq!(
        mentions("gitrepositories.source.toolkit.fluxcd.io \"flux-system\" not found"),
        [Mention::Absent {
            resource: "gitrepositories",
            name: "flux-system"
        }]
    );
    assert_eq!(
        mentions(
            "IngressRouteTCP/cache/redis-tcp dry-run failed: no matches for kind \"IngressRouteTCP\" in \
             version \"traefik.containo.us/v1alpha1\""
        ),
        [
            object("IngressRouteTCP", "cache", "redis-tcp"),
            Mention::NoKind {
                kind: "IngressRouteTCP",
                api_version: "traefik.containo.us/v1alpha1"
            }
        ]
    );
    assert_eq!(
        mentions(
            "The Kubernetes API could not find traefik.io/Middleware for requested resource web/secure-headers. \
             Make sure the \"Middleware\" CRD is installed on the destination cluster."
        ),
        [Mention::NoKind {
            kind: "Middleware",
            api_version: "traefik.io/"
        }]
    );
}

#[test]
fn what_does_not_answer() {
    let dns = || Mention::Resolver([10, 43, 0, 10].into());
    assert_eq!(
        mentions(
            "dial tcp: lookup github.com on 10.43.0.10:53: read udp 10.42.1.9:41233->10.43.0.10:53: i/o timeout"
        ),
        [dns()]
    );
    assert_eq!(
        mentions("dial tcp: lookup on 10.43.0.10:53: i/o timeout"),
        [dns()]
    );
    assert_eq!(
        mentions("lookup git.almckay.oi on 10.43.0.10:53: no such host"),
        []
    );
    assert_eq!(
        mentions(
            "failed calling webhook \"webhook.cert-manager.io\": failed to call webhook: Post \
             \"https://cert-manager-webhook.cert-manager.svc:443/validate?timeout=30s\": dial tcp \
             10.43.7.7:443: connect: connection refused"
        ),
        [
            Mention::Service {
                namespace: "cert-manager".into(),
                name: "cert-manager-webhook".into()
            },
            Mention::Address([10, 43, 7, 7].into())
        ]
    );
}

#[test]
fn ordinary_words_name_nothing() {
    for message in [
        "Applied revision: main@sha1:ac0dd5ab198a200e7b2da113f61f2702f30875b1",
        "Helm install failed for release auth/authentik with chart authentik@2025.8.3: timed out",
        "GET https://charts.jetstack.io/index.yaml HTTP/1.1: 404 Not Found",
        "kustomize build failed: accumulating resources from './a.yaml': 'a.yaml' not found",
    ] {
        assert_eq!(mentions(message), [], "{message}");
    }
}
