//! Which files a rule and a command line mean.

use super::tree::{SECRET, found, report, sound};

#[test]
fn broad_rules_mean_secrets_and_narrow_ones_all_that_they_name() {
    let desk = sound();
    let config_map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: b\n";
    for (regex, name, text, expected) in [
        (".*\\.yaml$", "c.yaml", config_map, None),
        (".*\\.yaml$", "s.yaml", SECRET, Some("error")),
        ("^secrets/", "secrets/c.yaml", config_map, None),
        ("^secrets/", "secrets/s.yaml", SECRET, Some("error")),
        (
            "^secrets/",
            "secrets/db.env",
            "PASSWORD=x\n",
            Some("warning"),
        ),
        ("^secrets/", "secrets/README.md", "hello\n", None),
        ("\\.sops\\.yaml$", "c.sops.yaml", config_map, Some("error")),
        ("\\.sops\\.yaml$", "n.sops.yaml", "kind: x\n", None),
        ("\\.key$", "tls.key", "hello\n", Some("error")),
    ] {
        let suffix = if name.ends_with(".env") {
            ""
        } else {
            "    encrypted_regex: ^(data|stringData|PASSWORD)$\n"
        };
        let suffix = if expected == Some("warning") {
            "    encrypted_regex: ^(data|stringData|PASSWORD)$\n"
        } else {
            suffix
        };
        desk.write(
            ".sops.yaml",
            format!(
                "creation_rules:\n  - path_regex: {regex}\n{suffix}    age: {}\n",
                desk.recipient
            ),
        );
        std::fs::create_dir_all(desk.path("secrets")).unwrap();
        desk.write(name, text);
        let found: Vec<String> = found(&desk, &[name])
            .into_iter()
            .filter(|line| line.contains("files/plaintext"))
            .collect();
        let level = found.first().and_then(|line| line.split(' ').next());
        assert_eq!(level, expected, "{regex}: {name}: {found:?}");
        std::fs::remove_file(desk.path(name)).unwrap();
    }
}

#[test]
fn checks_are_chosen_by_their_ids() {
    let desk = sound();
    desk.write("a.enc.yaml", SECRET);
    let skipped = ["check", "--offline", "--skip", "files/plain*"];
    assert_eq!(desk.ours(&skipped).status, 0);
    let report = report(&desk, &["--check", "files/*"]);
    assert!(
        !report["passed"].to_string().contains("keys/"),
        "{report:#}"
    );
    assert_eq!(report["result"], "failed");
    assert_eq!(
        desk.ours(&["check", "--offline", "--skip", "nothing/*"])
            .status,
        2
    );
    assert_eq!(desk.ours(&["explain", "files/plaintext"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_named_is_followed() {
    let desk = sound();
    desk.write("plain.yaml", SECRET);
    std::os::unix::fs::symlink("plain.yaml", desk.path("link.yaml")).unwrap();
    let found = found(&desk, &["link.yaml"]);
    assert_eq!(found.len(), 1, "{found:?}");
}
