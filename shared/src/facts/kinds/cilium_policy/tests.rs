//! What is kept of Cilium's policies.

use super::super::custom::Custom;

#[test]
fn what_a_policy_means_is_kept_and_nothing_else() {
    for (spec, guards, ingress) in [
        (r#""ingress":[]"#, (false, false), "[]"),
        (r#""ingress":[{}],"egress":[{}]"#, (true, true), "[]"),
        (r#""ingress":[{"fromEndpoints":[]}]"#, (true, false), "[]"),
        (
            r#""ingress":[{"fromEntities":["cluster"]}]"#,
            (true, false),
            "[{}]",
        ),
        (
            r#""ingress":[{"fromEntities":["world"]},{"fromCIDR":["192.0.2.0/24"]}]"#,
            (true, false),
            r#"[{"from":[{"ipBlock":{"cidr":"outside"}}]},{"from":[{"ipBlock":{"cidr":"outside"}}]}]"#,
        ),
        (
            r#""ingress":[{"fromEntities":["world","cluster"]},{"fromEntities":[]}]"#,
            (true, false),
            "[{},{}]",
        ),
        (
            r#""ingress":[{"fromEndpoints":[{"matchLabels":{"reserved:host":""}}]}]"#,
            (true, false),
            "[{}]",
        ),
        (
            r#""ingress":[{"fromEndpoints":[{}],"toPorts":[{"ports":[{"port":"80","protocol":"TCP"}],"rules":{"http":[{"headers":["x-token: secret"]}]}}]}]"#,
            (true, false),
            r#"[{"from":[{"podSelector":{}}],"ports":[{"protocol":"TCP","port":80}]}]"#,
        ),
        (
            r#""ingress":[{"fromEndpoints":[{"matchLabels":{"k8s:io.kubernetes.pod.namespace":"web"}}]}]"#,
            (true, false),
            r#"[{"from":[{"podSelector":{"matchLabels":{"io.kubernetes.pod.namespace":"web"}},"namespaceSelector":{}}]}]"#,
        ),
    ] {
        let text = format!(
            r#"{{"kind":"CiliumNetworkPolicy","spec":{{"endpointSelector":{{}},{spec}}}}}"#
        );
        let custom: Custom = serde_json::from_str(&text).unwrap();
        let policy = custom.spec.policy().unwrap();
        let found = (policy.guards_ingress(), policy.guards_egress());
        assert_eq!(found, guards, "{spec}");
        let found = serde_json::to_string(&policy.ingress).unwrap();
        assert_eq!(found, ingress, "{spec}");
        let written = serde_json::to_string(&custom).unwrap();
        assert!(!written.contains("secret"), "{written}");
        let read: Custom = serde_json::from_str(&written).unwrap();
        assert_eq!(read.spec.policy().unwrap(), policy, "{spec}");
    }
}

#[test]
fn what_is_not_understood_is_not_judged() {
    for spec in [
        r#"{"endpointSelector":{},"ingressDeny":[{}]}"#,
        r#"{"endpointSelector":{},"enableDefaultDeny":{"ingress":false},"ingress":[{}]}"#,
        r#"{"nodeSelector":{},"ingress":[{}]}"#,
        r#"{"endpointSelector":{"matchLabels":{"reserved:ingress":""}},"ingress":[{}]}"#,
    ] {
        let custom: Custom = serde_json::from_str(&format!(r#"{{"spec":{spec}}}"#)).unwrap();
        assert!(custom.spec.policy().is_none(), "{spec}");
    }
}
