//! Ciphertext and metadata that somebody else wrote.

use super::{desk, refused};

#[test]
fn forged_values_are_named_by_file_path_and_line() {
    let desk = desk();
    let sealed = desk.read("s.enc.yaml");
    let value = |text: String| {
        desk.write("s.enc.yaml", text);
        for arguments in [
            &["decrypt", "s.enc.yaml"][..],
            &["decrypt", "-i", "s.enc.yaml"],
            &["rotate", "-i", "s.enc.yaml"],
            &["edit", "s.enc.yaml"],
            &["unset", "s.enc.yaml", "[\"kind\"]"],
        ] {
            refused(
                &desk,
                "s.enc.yaml",
                arguments,
                25,
                &["s.enc.yaml", "stringData.password", "line 4"],
            );
        }
    };
    value(sealed.replacen(
        "password: ENC[AES256_GCM,data:",
        "password: ENC[AES256_GCM,data:AAAA",
        1,
    ));
    value(sealed.replacen("password: ENC[", "password: ENC[ENC[", 1));
    value(sealed.replacen("password: ENC[AES256_GCM,", "password: hunter2 #", 1));
    value(
        sealed
            .replacen("type:str]\n    other", "type:int]\n    other", 1)
            .replacen(
                "password: ENC[AES256_GCM,data:",
                "password: ENC[AES256_GCM,data:=",
                1,
            ),
    );
    let other = sealed.lines().find(|line| line.contains("other:")).unwrap();
    let moved = other.replace("other:", "password:");
    let password = sealed
        .lines()
        .find(|line| line.contains("password:"))
        .unwrap();
    value(sealed.replace(password, &moved));
}

#[test]
fn files_that_were_changed_without_their_key_are_refused() {
    let desk = desk();
    let sealed = desk.read("s.enc.yaml");
    let mac = sealed
        .lines()
        .find(|line| line.trim_start().starts_with("mac: "))
        .unwrap();
    let modified = sealed
        .lines()
        .find(|line| line.contains("lastmodified"))
        .unwrap();
    for text in [
        sealed.replacen("kind: Secret", "kind: Sacred", 1),
        sealed.replacen(mac, &mac.replacen("data:", "data:AAAA", 1), 1),
        sealed.replacen(mac, "    mac: \"\"", 1),
        sealed.replacen(modified, "    lastmodified: \"2020-01-01T00:00:00Z\"", 1),
    ] {
        desk.write("s.enc.yaml", text);
        for arguments in [
            &["decrypt", "s.enc.yaml"][..],
            &["rotate", "-i", "s.enc.yaml"],
            &["unset", "s.enc.yaml", "[\"kind\"]"],
        ] {
            let words = ["s.enc.yaml", "changed without its key", "--ignore-mac"];
            refused(&desk, "s.enc.yaml", arguments, 51, &words);
        }
        assert_eq!(
            desk.ours(&["decrypt", "--ignore-mac", "s.enc.yaml"]).status,
            0
        );
    }
}

#[test]
fn metadata_of_the_wrong_shape_is_named() {
    let desk = desk();
    let sealed = desk.read("s.enc.yaml");
    let block = sealed.find("sops:\n").unwrap();
    let (head, block) = sealed.split_at(block);
    let age = block.find("    age:").unwrap();
    let after = block[age + 5..].find("\n    l").unwrap() + age + 5;
    let without_age = format!("{}{}", &block[..age], &block[after + 1..]);
    let changed = |field: &str, value: &str| {
        let line = block
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{field}:")))
            .unwrap();
        block.replacen(line, &format!("    {field}: {value}"), 1)
    };
    for (block, word) in [
        ("sops: []\n".to_owned(), "the sops block is"),
        ("sops: text\n".to_owned(), "the sops block is"),
        ("sops:\n".to_owned(), "the sops block is"),
        (format!("{block}sops: {{}}\n"), "sops"),
        (without_age.clone(), "has no recipient"),
        (format!("{without_age}    age: text\n"), "age"),
        (format!("{without_age}    age: [text]\n"), "age"),
        (
            format!("{without_age}    age:\n        - recipient: [1]\n"),
            "recipient",
        ),
        (format!("{without_age}    key_groups: text\n"), "key_groups"),
        (
            format!("{block}    shamir_threshold: many\n"),
            "shamir_threshold",
        ),
        (
            format!("{block}    encrypted_suffix: x\n"),
            "more than one rule",
        ),
        (changed("lastmodified", "yesterday"), "lastmodified"),
        (changed("lastmodified", "{}"), "lastmodified"),
        (changed("version", "[]"), "version"),
        (changed("mac", "{a: b}"), "mac"),
    ] {
        desk.write("s.enc.yaml", format!("{head}{block}"));
        for verb in [
            &["decrypt", "s.enc.yaml"][..],
            &["rotate", "-i", "s.enc.yaml"],
            &["updatekeys", "-y", "s.enc.yaml"],
        ] {
            refused(&desk, "s.enc.yaml", verb, 1, &["s.enc.yaml", word]);
        }
    }
}
