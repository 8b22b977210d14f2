//! A sound tree, what breaks it, and what is found in it then.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::desk::Desk;

pub(super) const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-credentials\n  namespace: cache\nstringData:\n  redis-password: hunter2\n";
pub(super) const SEALED: &str = "gitops/apps/redis/secret.enc.yaml";

/// A Git repository with a rule, a file that the real sops encrypted, and what stands beside such files.
pub(super) fn sound() -> Desk {
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

pub(super) fn rules(desk: &Desk, recipients: &str) {
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {recipients}\n"),
    );
}

pub(super) fn git(desk: &Desk, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(desk.path("."))
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

pub(super) fn edit(desk: &Desk, from: &str, to: &str) {
    let before = desk.read(SEALED);
    assert!(before.contains(from), "{before}");
    desk.write(SEALED, before.replace(from, to));
}

/// Another key, which is not the desk's.
pub(super) fn other(desk: &Desk) -> (String, String) {
    let key = desk.ours(&["keygen"]).text();
    let public = key
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "))
        .unwrap();
    let private = key.lines().find(|line| line.starts_with("AGE-")).unwrap();
    let _ = desk;
    (public.to_owned(), private.to_owned())
}

pub(super) fn report(desk: &Desk, arguments: &[&str]) -> Value {
    let all = [&["check", "--offline", "-o", "json"], arguments].concat();
    let outcome = desk.ours(&all);
    serde_json::from_slice(&outcome.stdout).unwrap_or_else(|_| panic!("{}", outcome.stderr))
}

/// What was found: `LEVEL CHECK OBJECT PATH:LINE`.
pub(super) fn found(desk: &Desk, arguments: &[&str]) -> BTreeSet<String> {
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
