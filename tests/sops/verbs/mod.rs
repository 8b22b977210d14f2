//! The verbs, with sops's statuses.

mod statuses;

use crate::desk::Desk;

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-credentials # kept\nstringData:\n  redis-password: hunter2\n";

/// A desk with a configuration for `.enc.yaml` files, and one such file that sops encrypted.
fn desk() -> Desk {
    let desk = Desk::new();
    rule(&desk, &desk.recipient);
    desk.write("s.enc.yaml", SECRET);
    assert_eq!(desk.sops(&["encrypt", "-i", "s.enc.yaml"]).status, 0);
    desk
}

fn rule(desk: &Desk, recipients: &str) {
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {recipients}\n"),
    );
}

#[test]
fn what_is_encrypted_is_what_the_rule_says_and_all_else_stays() {
    let desk = desk();
    desk.write("t.enc.yaml", SECRET);
    assert_eq!(desk.ours(&["encrypt", "-i", "t.enc.yaml"]).status, 0);
    let sealed = desk.read("t.enc.yaml");
    let plain = SECRET.split("hunter2").next().unwrap();
    assert!(sealed.starts_with(plain), "{sealed}");
    assert!(!sealed.contains("hunter2"));
    assert_eq!(desk.ours(&["decrypt", "t.enc.yaml"]).text(), SECRET);
    assert_eq!(
        desk.sops(&[
            "decrypt",
            "--extract",
            "[\"stringData\"][\"redis-password\"]",
            "t.enc.yaml"
        ])
        .text(),
        "hunter2"
    );
}

#[test]
fn rotation_makes_all_values_anew_and_keeps_all_else() {
    let desk = desk();
    let before = desk.read("s.enc.yaml");
    let other = desk.ours(&["keygen", "-o", "other"]).stderr;
    let other = other.trim().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(
        desk.ours(&["rotate", "-i", "--add-age", &other, "s.enc.yaml"])
            .status,
        0
    );
    let after = desk.read("s.enc.yaml");
    let value = |text: &str| {
        text.lines()
            .find(|line| line.contains("redis-password"))
            .unwrap()
            .to_owned()
    };
    assert_ne!(value(&before), value(&after));
    assert!(after.contains(&other) && after.contains(&desk.recipient));
    assert_eq!(desk.sops(&["decrypt", "s.enc.yaml"]).status, 0);
    assert_eq!(
        desk.ours(&["rotate", "-i", "--rm-age", &desk.recipient, "s.enc.yaml"])
            .status,
        0
    );
    assert_eq!(desk.sops(&["decrypt", "s.enc.yaml"]).status, 128);
    assert_eq!(desk.ours(&["decrypt", "s.enc.yaml"]).status, 128);
    std::fs::rename(desk.path("other"), desk.path("key.txt")).unwrap();
    assert_eq!(desk.sops(&["decrypt", "s.enc.yaml"]).status, 0);
}

#[test]
fn keys_are_updated_by_the_rule_and_values_stay() {
    let desk = desk();
    let other = desk.ours(&["keygen", "-o", "other"]).stderr;
    let other = other.trim().rsplit(' ').next().unwrap().to_owned();
    let before = desk.read("s.enc.yaml");
    assert_eq!(desk.ours(&["updatekeys", "-y", "s.enc.yaml"]).status, 0);
    assert_eq!(desk.read("s.enc.yaml"), before);
    rule(&desk, &format!("{},{other}", desk.recipient));
    assert_eq!(desk.ours(&["updatekeys", "--all", "--dry-run"]).status, 0);
    assert_eq!(desk.read("s.enc.yaml"), before);
    assert_eq!(desk.ours(&["updatekeys", "-y", "--all"]).status, 0);
    let after = desk.read("s.enc.yaml");
    let values = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.contains("ENC["))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(values(&after), values(&before));
    assert!(after.contains(&other));
    std::fs::rename(desk.path("other"), desk.path("key.txt")).unwrap();
    assert_eq!(desk.sops(&["decrypt", "s.enc.yaml"]).status, 0);
}

#[test]
fn many_files_are_each_all_or_nothing() {
    let desk = desk();
    for number in 0..20 {
        desk.write(
            &format!("n{number}.enc.yaml"),
            SECRET.replace("hunter2", &format!("value-{number}")),
        );
    }
    desk.write("broken.enc.yaml", "a: [\n");
    let dry = desk.ours(&["encrypt", "--all", "--dry-run"]);
    assert!(dry.stderr.contains("encrypted: 20"), "{}", dry.stderr);
    let outcome = desk.ours(&["encrypt", "-i", "--all"]);
    assert_eq!(outcome.status, 2, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("encrypted: 20, left as they were: 1, failed: 1"),
        "{}",
        outcome.stderr
    );
    assert_eq!(desk.read("broken.enc.yaml"), "a: [\n");
    for number in 0..20 {
        let name = format!("n{number}.enc.yaml");
        assert!(
            desk.sops(&["decrypt", &name])
                .text()
                .contains(&format!("value-{number}"))
        );
    }
    std::fs::remove_file(desk.path("broken.enc.yaml")).unwrap();
    assert_eq!(desk.ours(&["decrypt", "-i", "--all"]).status, 0);
    assert!(
        desk.read("n7.enc.yaml")
            .contains("redis-password: value-7\n")
    );
}
