//! Tests of what is said of rules.

use super::*;

#[test]
fn faults() {
    for (rule, syntax, wrong) in [
        ("Host(`a.io`)", Syntax::Http3, ""),
        (
            "Host(`a.io`) && (Path(`/x`) || !Method(\"GET\"))",
            Syntax::Http3,
            "",
        ),
        ("!(Host(`a.io`)) && !Path(`/x`)", Syntax::Http3, ""),
        ("Host(`a.io`, `b.io`)", Syntax::Http2, ""),
        ("Host(`a.io`, `b.io`)", Syntax::Http, ""),
        ("Host(`a.io`, `b.io`)", Syntax::Http3, "one argument"),
        ("HostSNI(`*`)", Syntax::Tcp, ""),
        ("HostSNI(`*`)", Syntax::Http, "no HostSNI"),
        ("HostSni(`*`)", Syntax::Tcp, "no HostSni"),
        ("Hostsni(`*`) && !ALPN(`h2`)", Syntax::Tcp, ""),
        ("HEADER(`a`)", Syntax::Http3, "two"),
        ("Host(`a.io`)", Syntax::Tcp, "no Host "),
        ("Headers(`a`, `b`)", Syntax::Http3, "no Headers"),
        ("Header(`a`)", Syntax::Http3, "two"),
        ("Query(`a`, `b`)", Syntax::Http3, ""),
        ("Host(a.io)", Syntax::Http, "backticks"),
        ("Host('a.io')", Syntax::Http, "backticks"),
        ("Host(`a.io`", Syntax::Http, ") of Host is missing"),
        ("(Host(`a.io`)", Syntax::Http, "a ) is missing"),
        ("Host(`a.io)", Syntax::Http, "not closed"),
        ("Host()", Syntax::Http, "no argument"),
        ("Host(`a.io`) Path(`/x`)", Syntax::Http, "no && or ||"),
        ("Host(`a.io`) &&", Syntax::Http, "ends"),
        ("Host", Syntax::Http, "( is missing"),
        ("", Syntax::Http, "ends"),
    ] {
        let found = fault(rule, syntax).unwrap_or_default();
        assert_eq!(
            found.is_empty(),
            wrong.is_empty(),
            "{rule} {syntax:?}: {found}"
        );
        assert!(found.contains(wrong), "{rule} {syntax:?}: {found}");
    }
}

#[test]
fn groups_may_lie_in_each_other_as_deep_as_anybody_likes() {
    let (open, close) = ("(".repeat(1_000_000), ")".repeat(1_000_000));
    let whole = format!("{open}Host(`a.io`){close} && Path(`/x`)");
    assert_eq!(fault(&whole, Syntax::Http3), None);
    let cut = fault(&open, Syntax::Http3).unwrap();
    assert!(cut.contains("ends"), "{cut}");
}
