//! What breaks a tree, and what is to be found then.

use std::process::Command;

use super::tree::{SECRET, edit, git, other, rules};
use crate::desk::Desk;

/// What breaks a tree, and what is to be found then.
pub(super) type Case = (&'static str, fn(&Desk), &'static [&'static str]);

pub(super) const CASES: &[Case] = &[
    (
        "somebody new is in the rule",
        |desk| rules(desk, &format!("{},{}", desk.recipient, other(desk).0)),
        &[
            "error files/recipients-differ File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:8",
        ],
    ),
    (
        "the rule encrypts more now",
        |desk| {
            let rule = desk.read(".sops.yaml");
            desk.write(".sops.yaml", rule.replace("(data", "(metadata|data"));
        },
        &[
            "warning files/rule-differs File/gitops/apps/redis/secret.enc.yaml gitops/apps/redis/secret.enc.yaml:4",
        ],
    ),
    (
        "a letter of a recipient is lost",
        |desk| rules(desk, &desk.recipient[..60]),
        &["error files/rules-malformed File/.sops.yaml .sops.yaml"],
    ),
    (
        "a rule for other files waits for its key",
        |desk| {
            let rules = desk.read(".sops.yaml");
            desk.write(
                ".sops.yaml",
                rules + "  - path_regex: ^staging/\n    age: STAGING_AGE_KEY\n",
            );
            desk.write("b.enc.yaml", SECRET);
        },
        &[
            "error files/plaintext File/b.enc.yaml b.enc.yaml:7",
            "error files/rules-malformed File/.sops.yaml .sops.yaml",
        ],
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
        "the name of an entry has a space, or leads to the folder above",
        |desk| {
            for (file, name) in [
                ("s.enc.yaml", "redis password"),
                ("up.enc.yaml", "..password"),
            ] {
                desk.write(file, SECRET.replace("redis-password", &format!("{name:?}")));
                assert_eq!(desk.sops(&["encrypt", "-i", file]).status, 0);
            }
        },
        &[
            "error files/entry-name-refused Secret/redis-credentials s.enc.yaml:7",
            "error files/entry-name-refused Secret/redis-credentials up.enc.yaml:7",
        ],
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
