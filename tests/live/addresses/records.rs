//! `lb-ip --records`: what names are to resolve to, and what they resolve to today.

use serde_json::{Value, json};
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::dns::{Known, NameServer};

use super::{give, lb_ip, pending};

fn ingress(namespace: &str, name: &str, hosts: &[&str], address: &str) -> Value {
    let rules: Vec<_> = hosts.iter().map(|host| json!({"host": host})).collect();
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
    "metadata": {"name": name, "namespace": namespace},
    "spec": {"defaultBackend": {"service": {"name": "site", "port": {"number": 80}}}, "rules": rules},
    "status": {"loadBalancer": {"ingress": [
        if address.parse::<std::net::IpAddr>().is_ok() { json!({"ip": address}) }
        else { json!({"hostname": address}) },
    ]}}})
}

#[test]
fn records_are_compared_with_what_names_resolve_to_today() {
    let plane = ControlPlane::fresh();
    let namespace = plane.namespace("lb");
    let mut all = pending(&namespace);
    all.extend([
        ingress(
            &namespace,
            "sites",
            &[
                "right.almckay.io",
                "moved.almckay.io",
                "absent.almckay.io",
                "*.apps.almckay.io",
                "stale6.almckay.io",
                "broken.almckay.io",
                "silent.almckay.io",
            ],
            "192.0.2.1",
        ),
        ingress(
            &namespace,
            "six",
            &["right.almckay.io", "six.almckay.io"],
            "2001:db8::1",
        ),
        ingress(&namespace, "named", &["alias.almckay.io"], "lb.almckay.io"),
    ]);
    plane.apply(&all);
    give(&plane, &namespace, &json!([{"ip": "192.0.2.1"}]));
    let at = |all: &[&str]| Known::At(all.iter().map(|ip| ip.parse().unwrap()).collect());
    let server = NameServer::start(vec![
        ("right.almckay.io", at(&["192.0.2.1", "2001:db8::1"])),
        ("moved.almckay.io", at(&["192.0.2.99"])),
        ("*.apps.almckay.io", at(&["192.0.2.1"])),
        ("stale6.almckay.io", at(&["192.0.2.1", "2001:db8::99"])),
        ("six.almckay.io", at(&["2001:db8::1"])),
        ("alias.almckay.io", Known::Alias("lb.almckay.io")),
        ("lb.almckay.io", at(&["192.0.2.1"])),
        ("broken.almckay.io", Known::Broken),
        ("silent.almckay.io", Known::Silent),
    ]);
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let said = lb_ip(&config, &["--records", "--dns", &server.address]);
    assert_eq!(said.status, Some(0), "{said:?}");
    let table = "\
NAME                TYPE    VALUE           TODAY
*.apps.almckay.io   A       192.0.2.1       right
absent.almckay.io   A       192.0.2.1       no such name
alias.almckay.io    CNAME   lb.almckay.io   right
broken.almckay.io   A       192.0.2.1       no answer
moved.almckay.io    A       192.0.2.1       elsewhere: 192.0.2.99
right.almckay.io    A       192.0.2.1       right
right.almckay.io    AAAA    2001:db8::1     right
silent.almckay.io   A       192.0.2.1       no answer
six.almckay.io      AAAA    2001:db8::1     right
stale6.almckay.io   A       192.0.2.1       elsewhere: 192.0.2.1,2001:db8::99
";
    assert_eq!(said.stdout, table);
    let warning = "warning: no answer from name servers for 2 of 10 records\n";
    assert_eq!(said.stderr, warning);

    let nobody = std::net::UdpSocket::bind(("127.0.0.1", 0)).unwrap();
    let nobody = nobody.local_addr().unwrap().to_string();
    let said = lb_ip(&config, &["--records", "--dns", &nobody, "-o", "json"]);
    let list: Value = serde_json::from_str(&said.stdout).unwrap();
    let records = list["items"].as_array().unwrap();
    assert_eq!(records.len(), 10);
    for record in records {
        assert_eq!(
            (record.get("resolvesTo"), record.get("isRight")),
            (None, None),
            "{record}"
        );
    }
}
