//! `check --offline`: each rule on a tree that breaks it, and a sound tree on which all are silent.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use tests::sarif;

use crate::desk::Desk;

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-credentials\n  namespace: cache\nstringData:\n  redis-password: hunter2\n";
const SEALED: &str = "gitops/apps/redis/secret.enc.yaml";

/// A Git repository with a rule, a file that the real sops encrypted, and what stands beside such files.
fn sound() -> Desk {
    let desk = Desk::new();
    rules(&desk, &desk.recipient);
    std::fs::create_dir_all(desk.path("gitops/apps/redis")).unwrap();
    desk.write(".gitignore", "key.txt\n");
    desk.write(SEALED, SECRET);
    assert_eq!(desk.sops(&["encrypt", "-i", SEALED]).status, 0);
    desk.write(
        "gitops/apps/redis/kustomization.yaml",
        "resources:\n  - secret.enc.yaml\n",
    );
    desk.write(
        "flux.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\n  namespace: flux-system\nspec:\n  path: ./gitops/apps\n  decryption:\n    provider: sops\n    secretRef:\n      name: sops-keys\n",
    );
    desk.write("README.md", "Keys look like AGE-SECRET-KEY-1QQQ, files like ENC[AES256_GCM, with sops and lastmodified.\n");
    desk.write(
        "values.yaml",
        "{{ if .Values.on }}\nkind: Secret\n{{ end }}\n",
    );
    desk.write(
        "variable.yaml",
        SECRET.replace("hunter2", "${REDIS_PASSWORD}"),
    );
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "."]);
    desk
}

fn rules(desk: &Desk, recipients: &str) {
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {recipients}\n"),
    );
}

fn git(desk: &Desk, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(desk.path("."))
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

fn edit(desk: &Desk, from: &str, to: &str) {
    let before = desk.read(SEALED);
    assert!(before.contains(from), "{before}");
    desk.write(SEALED, before.replace(from, to));
}

/// Another key, which is not the desk's.
fn other(desk: &Desk) -> (String, String) {
    let key = desk.ours(&["keygen"]).text();
    let public = key
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "))
        .unwrap();
    let private = key.lines().find(|line| line.starts_with("AGE-")).unwrap();
    let _ = desk;
    (public.to_owned(), private.to_owned())
}

fn report(desk: &Desk, arguments: &[&str]) -> Value {
    let all = [&["check", "--offline", "-o", "json"], arguments].concat();
    let outcome = desk.ours(&all);
    serde_json::from_slice(&outcome.stdout).unwrap_or_else(|_| panic!("{}", outcome.stderr))
}

/// What was found: `LEVEL CHECK OBJECT PATH:LINE`.
fn found(desk: &Desk, arguments: &[&str]) -> BTreeSet<String> {
    let report = report(desk, arguments);
    let entries = report["results"].as_array().unwrap().iter();
    let line = |entry: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let file = &entry["file"];
        let line = file["line"]
            .as_u64()
            .map_or(String::new(), |line| format!(":{line}"));
        let object = text(&entry["object"]["kind"]) + "/" + &text(&entry["object"]["name"]);
        format!(
            "{} {} {object} {}{line}",
            text(&entry["level"]),
            text(&entry["check"]),
            text(&file["path"])
        )
    };
    entries.map(line).collect()
}

/// What breaks a tree, and what is to be found then.
type Case = (&'static str, fn(&Desk), &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "somebody new is in the rule",
        |desk| rules(desk, &format!("{},{}", desk.recipient, other(desk).0)),
        &[
            "error files/recipients-differ File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:8",
        ],
    ),
    (
        "a letter of a recipient is lost",
        |desk| rules(desk, &desk.recipient[..60]),
        &["error files/rules-malformed File/.sops.yaml .sops.yaml"],
    ),
    (
        "the key is another one",
        |desk| desk.write("key.txt", other(desk).1),
        &["warning keys/opens-nothing AgeKey/KEY -"],
    ),
    (
        "a file is for somebody else",
        |desk| {
            let (public, _) = other(desk);
            desk.write("b.yaml", SECRET);
            assert_eq!(
                desk.sops(&[
                    "--config",
                    "/dev/null",
                    "encrypt",
                    "-i",
                    "--age",
                    &public,
                    "--encrypted-regex",
                    "^stringData$",
                    "b.yaml"
                ])
                .status,
                0
            );
        },
        &[
            "warning files/rule-missing File/b.yaml b.yaml:8",
            "warning files/unopenable File/b.yaml b.yaml:8",
        ],
    ),
    (
        "a plain value was changed",
        |desk| edit(desk, "name: redis", "name: rodis"),
        &[
            "error files/mac-broken File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:21",
        ],
    ),
    (
        "a ciphertext was cut",
        |desk| {
            edit(
                desk,
                "redis-password: ENC[AES256_GCM,data:",
                "redis-password: ENC[AES256_GCM,data:AA",
            )
        },
        &[
            "error files/mac-broken File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:21",
        ],
    ),
    (
        "a file has no recipients left",
        |desk| edit(desk, "    age:", "    aged:"),
        &[
            "error files/malformed File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:8",
        ],
    ),
    (
        "a conflict was committed",
        |desk| {
            edit(
                desk,
                "stringData:",
                "<<<<<<< HEAD\n=======\n>>>>>>> topic\nstringData:",
            )
        },
        &[
            "error files/merge-conflict File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:6",
        ],
    ),
    (
        "a file was not encrypted",
        |desk| desk.write("a.enc.yaml", SECRET),
        &["error files/plaintext File/a.enc.yaml a.enc.yaml:7"],
    ),
    (
        "keys lie about: as text, in base64, in Git and nearly so",
        |desk| {
            let key = other(desk).1;
            desk.write("notes.txt", format!("my key\n{key}\n"));
            git(desk, &["add", "notes.txt"]);
            desk.write("forgotten.txt", &key);
            let coded = desk.path("coded");
            std::fs::write(&coded, &key).unwrap();
            let coded = Command::new("base64")
                .arg("-w0")
                .arg(coded)
                .output()
                .unwrap()
                .stdout;
            std::fs::remove_file(desk.path("coded")).unwrap();
            desk.write(
                "k.json",
                format!("{{\"x\": \"{}\"}}", String::from_utf8(coded).unwrap()),
            );
            git(desk, &["add", "-f", "k.json", "key.txt"]);
        },
        &[
            "error files/private-key File/k.json k.json:1",
            "error files/private-key File/key.txt key.txt:3",
            "error files/private-key File/notes.txt notes.txt:2",
            "warning files/private-key File/forgotten.txt forgotten.txt:1",
        ],
    ),
    (
        "Secrets are in plain, with a rule of their own and without",
        |desk| {
            desk.write("one.yaml", SECRET);
            edit(
                desk,
                "    redis-password:",
                "    other: plain\n    redis-password:",
            );
        },
        &[
            "error files/mac-broken File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:22",
            "error files/secret-plain Secret/redis-credentials gitops/apps/redis/secret.enc.yaml:1",
            "error files/secret-plain Secret/redis-credentials one.yaml:1",
        ],
    ),
    (
        "the name of an entry has a space",
        |desk| {
            desk.write(
                "s.enc.yaml",
                SECRET.replace("redis-password", "\"redis password\""),
            );
            assert_eq!(desk.sops(&["encrypt", "-i", "s.enc.yaml"]).status, 0);
        },
        &["error files/entry-name-refused Secret/redis-credentials s.enc.yaml:7"],
    ),
    (
        "the key's entry has another name",
        |desk| {
            desk.write("k.enc.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: sops-keys\n  namespace: flux-system\nstringData:\n  age.key: x\n");
            assert_eq!(desk.sops(&["encrypt", "-i", "k.enc.yaml"]).status, 0);
            desk.write("gitops/kustomization.yaml", "secretGenerator:\n  - name: sops-age\n    namespace: flux-system\n    files:\n      - keys.txt\n");
        },
        &[
            "error keys/entry-misnamed Secret/sops-age gitops/kustomization.yaml:5",
            "error keys/entry-misnamed Secret/sops-keys k.enc.yaml:7",
        ],
    ),
];

/// The checks that need no cluster.
fn of_files() -> BTreeSet<String> {
    let all = flux_sops_age::checks::all().map(|check| check.id.to_owned());
    all.filter(|id| !id.starts_with("cluster/")).collect()
}

#[test]
fn a_sound_tree_passes() {
    let desk = sound();
    let report = report(&desk, &[]);
    assert_eq!(report["results"].as_array().unwrap().len(), 0, "{report:#}");
    assert_eq!(
        (&report["result"], desk.ours(&["check", "--offline"]).status),
        (&Value::from("passed"), 0)
    );
    let passed = report["passed"].as_array().unwrap().len();
    assert_eq!(passed, of_files().len(), "{report:#}");
}

#[test]
fn each_check_finds_what_it_is_for_and_nothing_else() {
    let mut proven = BTreeSet::new();
    for (what, break_it, expected) in CASES {
        let desk = sound();
        break_it(&desk);
        let found: BTreeSet<String> = found(&desk, &[])
            .into_iter()
            .map(|line| match line.split_once("AgeKey/") {
                Some((before, _)) => format!("{before}AgeKey/KEY -"),
                None => line,
            })
            .collect();
        let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(found, expected, "{what}");
        let fails = expected.iter().any(|line| line.starts_with("error"));
        for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
            let outcome = desk.ours(&["check", "--offline", "-o", format]);
            assert_eq!(outcome.status, i32::from(fails), "{what}: {format}");
            assert_eq!(
                desk.ours(&["check", "--offline", "--strict", "-o", format])
                    .status,
                1,
                "{what}: {format}"
            );
        }
        proven.extend(
            expected
                .iter()
                .map(|line| line.split(' ').nth(1).unwrap().to_owned()),
        );
    }
    assert_eq!(proven, of_files());
}

#[test]
fn what_no_key_tells_is_skipped_and_never_passed() {
    let desk = sound();
    edit(&desk, "name: redis", "name: rodis");
    std::fs::remove_file(desk.path("key.txt")).unwrap();
    let report = report(&desk, &[]);
    assert_eq!(report["result"], "passed", "{report:#}");
    let passed = report["passed"].to_string();
    assert!(
        !passed.contains("mac-broken") && !passed.contains("opens-nothing"),
        "{passed}"
    );
    assert!(
        report["skipped"].to_string().contains("no-key"),
        "{report:#}"
    );
    assert_eq!(desk.ours(&["check", "--offline", "--strict"]).status, 3);
}

#[test]
fn what_cannot_be_read_makes_it_incomplete() {
    let desk = sound();
    desk.write("broken.yaml", "kind: Secret\nx: [\n");
    let outcome = desk.ours(&["check", "--offline"]);
    assert_eq!(outcome.status, 3);
    assert!(outcome.text_of_any().contains("unreadable: broken.yaml"));
    assert_eq!(desk.ours(&["check", "--offline", "nowhere.yaml"]).status, 2);
    assert_eq!(
        desk.ours(&["check", "--offline", "--config", "nowhere.yaml"])
            .status,
        2
    );
}

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
fn sarif_and_workflow_commands_tell_paths_from_the_top() {
    let desk = sound();
    desk.write("a b,c.enc.yaml", SECRET);
    std::fs::create_dir_all(desk.path("deep/er")).unwrap();
    let inside = |format: &str| {
        let mut command = desk.command(&tests::program::path("flux-sops-age"));
        let output = command
            .current_dir(desk.path("deep/er"))
            .args(["check", "--offline", "-o", format])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let log: Value = serde_json::from_str(&inside("sarif")).unwrap();
    let problems = sarif::problems(&log);
    assert!(problems.is_empty(), "{problems:#?}");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b%2Cc.enc.yaml");
    assert_eq!(place["region"]["startLine"], 7);
    assert!(
        inside("github")
            .starts_with("::error file=a b%2Cc.enc.yaml,line=7,title=files/plaintext::")
    );
    assert!(inside("text").contains("../../a b,c.enc.yaml"));
}

#[test]
fn no_private_key_and_no_value_is_shown() {
    let desk = sound();
    let (_, key) = other(&desk);
    desk.write("notes.txt", format!("{key}\n"));
    desk.write("a.enc.yaml", SECRET);
    desk.write("b.yaml", SECRET.replace("redis-password", "redis password"));
    edit(&desk, "name: redis", "name: rodis");
    let own = desk.read("key.txt");
    let own = own
        .lines()
        .find(|line| line.starts_with("AGE-"))
        .unwrap()
        .to_owned();
    for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
        let outcome = desk.ours(&["check", "--offline", "-v", "-o", format]);
        let said = outcome.text_of_any();
        for secret in [key.as_str(), own.as_str(), "hunter2"] {
            assert!(!said.contains(secret), "{format}: {said}");
        }
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
