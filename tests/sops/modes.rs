//! Who may read files that are new: what goes into Git, whom the system lets; what is secret, their owner alone.

use std::os::unix::fs::PermissionsExt;

use crate::desk::Desk;

fn mode(desk: &Desk, name: &str) -> u32 {
    let permissions = std::fs::metadata(desk.path(name)).unwrap().permissions();
    permissions.mode() & 0o777
}

#[test]
fn what_goes_into_git_has_usual_rights_and_secrets_have_not() {
    let desk = Desk::new();
    desk.write("usual.enc.yaml", "stringData:\n  password: hunter2\n");
    let key = ["--key-file", "key.txt", "--recipient", &desk.recipient];
    let export = desk.ours(&[&["bootstrap", "--export"], &key[..]].concat());
    assert!(export.text().contains("sops-age"));
    let recipient = ["--age", &desk.recipient];
    for arguments in [
        &["encrypt", "--output", "sealed.enc.yaml", "usual.enc.yaml"][..],
        &["rotate", "--output", "rotated.yaml", "sealed.enc.yaml"],
        &["secret", "redis", "redis"],
        &["decrypt", "--output", "plain.yaml", "sealed.enc.yaml"],
        &["keygen", "-o", "other.txt"],
    ] {
        let by_key = ["encrypt", "secret"].contains(&arguments[0]);
        let recipient = if by_key { &recipient[..] } else { &[] };
        desk.ours(&[arguments, recipient].concat()).text();
    }
    let mut edit = desk.program(true);
    edit.args(["edit", "new.enc.yaml"]);
    edit.env("EDITOR", "sed -i s/change-me/hunter2/");
    assert!(edit.status().unwrap().success());
    let usual = mode(&desk, "usual.enc.yaml");
    assert_ne!(usual, 0o600, "the test needs another umask");
    for name in [
        ".sops.yaml",
        "sealed.enc.yaml",
        "rotated.yaml",
        "redis.enc.yaml",
        "new.enc.yaml",
    ] {
        assert_eq!(mode(&desk, name), usual, "{name}");
    }
    for name in ["plain.yaml", "other.txt"] {
        assert_eq!(mode(&desk, name), 0o600, "{name}");
    }
}
