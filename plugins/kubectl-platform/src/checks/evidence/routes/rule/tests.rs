//! Tests of the reading of rules.

use super::*;

fn shown(rule: &str) -> Option<Vec<String>> {
    let show = |alternative: &Alternative| {
        let matchers: Vec<_> = alternative
            .iter()
            .map(|m| format!("{}({})", m.name, m.arguments.join(",")))
            .collect();
        matchers.join(" ")
    };
    alternatives(rule).map(|all| all.iter().map(show).collect())
}

#[test]
fn rules_become_alternatives() {
    for (rule, expected) in [
        ("Host(`a.io`)", Some(&["Host(a.io)"][..])),
        ("Host(`a.io`, `b.io`)", Some(&["Host(a.io)", "Host(b.io)"])),
        (
            "Host(`a.io`) && (PathPrefix(`/x`) || Path(\"/y\"))",
            Some(&["Host(a.io) PathPrefix(/x)", "Host(a.io) Path(/y)"]),
        ),
        (
            "HostSNI(`*`) && !ClientIP(`10.0.0.0/8`)",
            Some(&["!ClientIP(10.0.0.0/8) HostSNI(*)"]),
        ),
        (
            "Header(`X-A`, `b`) && Host(`a.io`)",
            Some(&["Header(X-A,b) Host(a.io)"]),
        ),
        ("host(`a.io`)", Some(&["Host(a.io)"])),
        ("HOSTSNI(`a.io`)", Some(&["HostSNI(a.io)"])),
        ("!!Host(`a.io`)", Some(&["Host(a.io)"])),
        (
            "Host(`a.io`) && !(Path(`/x`) || Path(`/y`))",
            Some(&["!Path(/x) !Path(/y) Host(a.io)"]),
        ),
        (
            "!(Host(`a.io`) && !Path(`/x`))",
            Some(&["Path(/x)", "!Host(a.io)"]),
        ),
        ("Host(`a.io`", None),
        ("Host(a.io)", None),
        ("!Host()", None),
        ("", None),
    ] {
        let expected = expected.map(|all| all.iter().map(|s| (*s).to_owned()).collect());
        assert_eq!(shown(rule), expected, "{rule}");
    }
}

#[test]
fn hosts_of_a_rule() {
    let hosts = hosts(
        "HostSNI(`*`) || host(`B.io`) || !(Host(`c.io`)) || (Host(`a.io`) && Path(`/`)) || HostRegexp(`.+`)",
    );
    assert_eq!(hosts, ["a.io".to_owned(), "b.io".to_owned()].into());
}

#[test]
fn a_rule_of_too_many_alternatives_is_not_read() {
    let many = ["(Host(`a`) || Host(`b`))"; 7].join(" && ");
    assert_eq!(shown(&many), None);
}

#[test]
fn a_rule_of_too_many_groups_in_each_other_is_not_read() {
    for groups in [64, 1_000_000] {
        let deep = "(".repeat(groups) + "Host(`a.io`)" + &")".repeat(groups);
        assert_eq!(shown(&deep), None);
    }
    let deep = "(".repeat(63) + "Host(`((((`)" + &")".repeat(63);
    assert!(shown(&deep).is_some());
}
