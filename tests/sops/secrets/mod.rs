//! `secret`: Secrets made from templates, encrypted from the start.

mod limits;
mod templates;

use serde_json::Value;

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    rule(&desk, "encrypted_regex: ^(data|stringData)$");
    desk
}

fn rule(desk: &Desk, what: &str) {
    desk.write(
        ".sops.yaml",
        format!(
            "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    {what}\n    age: {}\n",
            desk.recipient
        ),
    );
}

/// What sops reads in a file.
#[track_caller]
fn read(desk: &Desk, name: &str) -> Value {
    let text = desk
        .sops(&["decrypt", "--output-type", "json", name])
        .text();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn values_are_piped_read_and_renamed() {
    let desk = desk();
    let piped = desk.piped(
        true,
        &["secret", "cloudflare", "cf", "--stdin", "api-token"],
        "t0ken\n",
    );
    assert_eq!(piped.status, 0, "{}", piped.stderr);
    let secret = read(&desk, "cf.enc.yaml");
    assert_eq!(secret["stringData"]["api-token"], "t0ken");
    assert_eq!(secret["metadata"]["namespace"], "cert-manager");
    desk.write("auth.json", "{\"auths\": {}}\n");
    let made = desk.ours(&[
        "secret",
        "dockerconfig",
        "reg.yaml",
        "--from-file",
        ".dockerconfigjson=auth.json",
        "--name",
        "pull",
        "-n",
        "apps",
    ]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let secret = read(&desk, "reg.enc.yaml");
    assert_eq!(secret["type"], "kubernetes.io/dockerconfigjson");
    assert_eq!(secret["metadata"]["name"], "pull");
    assert_eq!(secret["metadata"]["namespace"], "apps");
    assert_eq!(
        secret["stringData"][".dockerconfigjson"],
        "{\"auths\": {}}\n"
    );
    let made = desk.ours(&[
        "secret",
        "generic",
        "own",
        "--generate",
        "session-key=64",
        "--from-file",
        "ca.crt=auth.json",
        "--key",
        "session-key=key",
    ]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let secret = read(&desk, "own.enc.yaml");
    assert_eq!(secret["stringData"]["key"].as_str().unwrap().len(), 64);
    assert_eq!(secret["metadata"].get("namespace"), None);
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let desk = desk();
    desk.write("there.enc.yaml", "kept\n");
    for (arguments, status, told) in [
        (
            &["secret", "redis", "there"][..],
            3,
            "there.enc.yaml exists already",
        ),
        (&["secret", "cloudflare", "x"], 1, "api-token must be given"),
        (&["secret", "generic", "x"], 1, "the Secret would be empty"),
        (
            &["secret", "redis", "x", "--generate", "redis-password=none"],
            1,
            "wants a number",
        ),
        (
            &["secret", "redis", "x", "--generate", "a b"],
            1,
            "is no key of a Secret",
        ),
        (
            &["secret", "redis", "x", "--generate", "a", "--generate", "a"],
            1,
            "given twice",
        ),
        (
            &["secret", "redis", "x", "--from-file", "a=none"],
            100,
            "cannot read none",
        ),
        (
            &["secret", "redis", "x", "--from-file", "none"],
            1,
            "--from-file KEY=FILE",
        ),
        (
            &["secret", "redis", "x", "--key", "none=other"],
            1,
            "has no key none",
        ),
        (
            &["secret", "redis", "x", "--stdin", "a"],
            1,
            "standard input holds no value",
        ),
        (
            &["secret", "redis", "x", "--dry-run"],
            0,
            "would write x.enc.yaml with redis-password",
        ),
    ] {
        let outcome = desk.ours(arguments);
        assert_eq!(outcome.status, status, "{arguments:?}: {}", outcome.stderr);
        assert!(
            outcome.stderr.contains(told),
            "{arguments:?}: {}",
            outcome.stderr
        );
        assert!(!desk.path("x.enc.yaml").exists(), "{arguments:?}");
    }
    assert_eq!(desk.read("there.enc.yaml"), "kept\n");
    // A rule that would leave the values plain.
    rule(&desk, "encrypted_regex: ^data$");
    let outcome = desk.ours(&["secret", "redis", "x"]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.contains("leaves redis-password plain"),
        "{}",
        outcome.stderr
    );
    assert!(!desk.path("x.enc.yaml").exists());
}
