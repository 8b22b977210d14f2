//! What is kept of Calico's policies.

use super::super::custom::Custom;

#[test]
fn what_a_policy_means_is_kept() {
    for (spec, guards, rules) in [
        (r#""types":["Ingress"]"#, (true, false), "[]"),
        (r#""egress":[{"action":"Allow"}]"#, (false, true), "[{}]"),
        (
            r#""types":["Ingress"],"ingress":[{"action":"Deny"},{"action":"Allow"}]"#,
            (true, false),
            "[]",
        ),
        (
            r#""ingress":[{"action":"Deny","source":{"selector":"a == 'b'"}},{"action":"Allow","protocol":"TCP","source":{"selector":"app == 'site' && has(tier)"},"destination":{"ports":[80,"8000:8080","http"]}}]"#,
            (true, false),
            r#"[{"from":[{"podSelector":{"matchExpressions":[{"key":"app","operator":"In","values":["site"]},{"key":"tier","operator":"Exists"}]}}],"ports":[{"protocol":"TCP","port":80},{"protocol":"TCP","port":8000,"endPort":8080},{"protocol":"TCP","port":"http"}]}]"#,
        ),
        (
            r#""ingress":[{"action":"Allow","source":{"namespaceSelector":"projectcalico.org/name in {'web', \"auth\"}"}}]"#,
            (true, false),
            r#"[{"from":[{"podSelector":{},"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["web","auth"]}]}}]}]"#,
        ),
        (
            r#""ingress":[{"action":"Allow","source":{"selector":"a == 'b' || c == 'd'"}},{"action":"Allow","source":{"notSelector":"a == 'b'"}}]"#,
            (true, false),
            "[{},{}]",
        ),
    ] {
        let text = format!(
            r#"{{"apiVersion":"crd.projectcalico.org/v1","kind":"NetworkPolicy","spec":{{"selector":"all()",{spec}}}}}"#
        );
        let custom: Custom = serde_json::from_str(&text).unwrap();
        let policy = custom.spec.policy().unwrap();
        let found = (policy.guards_ingress(), policy.guards_egress());
        assert_eq!(found, guards, "{spec}");
        let list = if guards.0 {
            &policy.ingress
        } else {
            &policy.egress
        };
        assert_eq!(serde_json::to_string(list).unwrap(), rules, "{spec}");
        let written = serde_json::to_string(&custom).unwrap();
        let read: Custom = serde_json::from_str(&written).unwrap();
        assert_eq!(read.spec.policy().unwrap(), policy, "{spec}");
    }
}

#[test]
fn what_is_not_understood_lets_all_through() {
    for spec in [
        r#"{"selector":"a == 'b' || c == 'd'","types":["Ingress"]}"#,
        r#"{"selector":"app starts with 'x'","types":["Ingress"]}"#,
        r#"{"serviceAccountSelector":"a == 'b'","types":["Ingress"]}"#,
    ] {
        let custom: Custom = serde_json::from_str(&format!(r#"{{"spec":{spec}}}"#)).unwrap();
        let policy = custom.spec.policy().unwrap();
        assert_eq!(
            (policy.ingress.len(), policy.egress.len()),
            (1, 1),
            "{spec}"
        );
    }
    for spec in [
        r#"{"selector":"all()","types":["Ingress"],"applyOnForward":true}"#,
        r#"{"selector":{"matchLabels":{}},"ingress":[]}"#,
        r#"{"selector":"all()"}"#,
    ] {
        let custom: Custom = serde_json::from_str(&format!(r#"{{"spec":{spec}}}"#)).unwrap();
        assert!(custom.spec.policy().is_none(), "{spec}");
    }
}
