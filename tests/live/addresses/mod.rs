//! `lb-ip` on a real API server: it waits, says why there is none, and only reads.

mod records;

use std::collections::BTreeSet;
use std::process::Stdio;

use http::Method;
use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig, Request};
use tests::objects::objects;
use tests::program::{Outcome, command, run};
use tests::wait::eventually;

const RIGHTS: [&str; 2] = ["list", "watch"];

fn lb_ip(config: &Kubeconfig, arguments: &[&str]) -> Outcome {
    let path = config.path().display().to_string();
    run(
        "kubectl-platform",
        &[&["lb-ip", "--kubeconfig", &path], arguments].concat(),
    )
}

fn pending(namespace: &str) -> Vec<Value> {
    objects(&format!(
        "
apiVersion: v1
kind: Service
metadata: {{name: traefik, namespace: {namespace}}}
spec: {{type: LoadBalancer, selector: {{app: traefik}}, ports: [{{port: 443}}]}}
"
    ))
}

fn give(plane: &ControlPlane, namespace: &str, ingress: &Value) {
    let path = format!("/api/v1/namespaces/{namespace}/services/traefik/status");
    let status = json!({"status": {"loadBalancer": {"ingress": ingress}}});
    plane.request(&Method::PATCH, &path, Some(&status)).unwrap();
}

#[test]
fn it_waits_for_the_address_prints_nothing_else_and_only_reads() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("lb");
    plane.apply(&pending(&namespace));
    let user = plane.new_user();
    plane.grant(
        &user,
        &json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": RIGHTS}]),
    );
    let config = Kubeconfig::new().context("infra", plane, &user);
    let child = command("kubectl-platform")
        .args([
            "lb-ip",
            "--wait",
            "--timeout",
            "1h",
            "--service",
            &format!("{namespace}/traefik"),
        ])
        .arg("--kubeconfig")
        .arg(config.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let is_watch = |one: &Request| one.verb == "watch" && one.uri.contains("/services?");
    eventually("a watch", || {
        let requests = plane.requests_of(&user);
        requests
            .iter()
            .any(is_watch)
            .then_some(())
            .ok_or(format!("{requests:?}"))
    });
    give(
        plane,
        &namespace,
        &json!([{"ip": "192.0.2.1"}, {"hostname": "lb.almckay.io"}]),
    );
    let said = Outcome::from(child.wait_with_output().unwrap());
    assert_eq!(said.status, Some(0), "{said:?}");
    assert_eq!(
        (said.stdout.as_str(), said.stderr.as_str()),
        ("192.0.2.1\nlb.almckay.io\n", "")
    );
    let requests = plane.requests_of(&user);
    let verbs: BTreeSet<_> = requests.iter().map(|one| one.verb.as_str()).collect();
    assert_eq!(
        verbs,
        BTreeSet::from(["get", "list", "watch"]),
        "{requests:?}"
    );
    let is_discovery = |one: &Request| matches!(one.uri.as_str(), "/api" | "/apis");
    assert!(
        requests
            .iter()
            .filter(|one| one.verb == "get")
            .all(is_discovery),
        "{requests:?}"
    );
}

#[test]
fn at_its_timeout_it_says_why_there_is_none() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("lb");
    plane.apply(&pending(&namespace));
    let service = format!("{namespace}/traefik");
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let said = lb_ip(
        &config,
        &["--wait", "--timeout", "1s", "--service", &service],
    );
    assert_eq!((said.status, said.stdout.as_str()), (Some(1), ""));
    let why = format!("error: Service {service} has no address: nothing here gives addresses");
    assert!(said.stderr.starts_with(&why), "{said:?}");

    plane.apply(&objects(&format!(
        "
apiVersion: v1
kind: Event
metadata: {{name: traefik.1, namespace: {namespace}}}
involvedObject: {{apiVersion: v1, kind: Service, name: traefik, namespace: {namespace}}}
type: Warning
reason: AllocationFailed
message: 'no available IPs in pool \"lan\"'
"
    )));
    let said = lb_ip(&config, &["--service", &service]);
    assert_eq!(said.status, Some(1));
    let why = "has no address: AllocationFailed: no available IPs in pool \"lan\"\n";
    assert!(said.stderr.ends_with(why), "{said:?}");
}

#[test]
fn a_reason_that_could_not_be_looked_for_is_not_denied() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("lb");
    plane.apply(&pending(&namespace));
    let user = plane.new_user();
    let rules = json!([{"apiGroups": [""], "resources": ["services"], "verbs": RIGHTS}]);
    plane.grant(&user, &rules);
    let config = Kubeconfig::new().context("infra", plane, &user);
    let said = lb_ip(&config, &["--service", &format!("{namespace}/traefik")]);
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.stderr
            .contains("(could not look at events, nodes, pods"),
        "{said:?}"
    );
}

#[test]
fn gateways_have_addresses_too() {
    let plane = ControlPlane::fresh();
    let gateway = |addresses: &str| {
        objects(&format!(
            "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: external, namespace: networking}}
spec: {{gatewayClassName: cilium, listeners: [{{name: web, port: 80, protocol: HTTP}}]}}
status: {{conditions: [{{type: Programmed, status: 'False', reason: AddressNotAssigned, message: no pool}}], addresses: {addresses}}}
"
        ))
    };
    plane.apply(&gateway("[]"));
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let said = lb_ip(&config, &[]);
    let why = "error: Gateway networking/external has no address: AddressNotAssigned: no pool\n";
    assert_eq!((said.status, said.stderr.as_str()), (Some(1), why));
    plane.apply(&gateway("[{type: IPAddress, value: 192.0.2.7}]"));
    let said = lb_ip(&config, &["--wait"]);
    assert_eq!(
        (said.status, said.stdout.as_str()),
        (Some(0), "192.0.2.7\n"),
        "{said:?}"
    );
}
