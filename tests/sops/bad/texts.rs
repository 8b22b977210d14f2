//! Texts that are none, and those that hold too much.

use std::process::Command;

use super::{desk, refused};
use crate::desk::Outcome;

#[test]
fn yaml_that_is_none_is_named_by_file_and_line() {
    let desk = desk();
    for (text, words) in [
        ("a: [1\nb: 2\n", &["line"][..]),
        ("a: 1\na: 2\n", &["the key a stands twice", "line 2"]),
        (
            "a:\n  b: 1\n  b: 2\n",
            &["the key b stands twice", "line 3"],
        ),
        ("a: *none\n", &["line 1"]),
        ("a: &a [*a]\n", &["contains itself", "line 1"]),
        ("- 1\n", &["must be a map"]),
        ("%YAML 1.2\n---\na: 1\n", &["line 1"]),
        ("a: \"\\q\"\n", &["line 1"]),
        ("a:\n\t- b\n", &["line 2"]),
    ] {
        desk.write("b.enc.yaml", text);
        let mut all = vec!["b.enc.yaml"];
        all.extend(words);
        refused(
            &desk,
            "b.enc.yaml",
            &["encrypt", "-i", "b.enc.yaml"],
            2,
            &all,
        );
    }
    for (text, status, words) in [
        ("1: a\n", 23, &["key"][..]),
        ("stringData:\n  n: 18446744073709551615\n", 23, &["line 2"]),
        ("", 92, &["empty"]),
    ] {
        desk.write("b.enc.yaml", text);
        assert_eq!(
            desk.sops(&["encrypt", "b.enc.yaml"]).status,
            status,
            "{text}"
        );
        let mut all = vec!["b.enc.yaml"];
        all.extend(words);
        refused(
            &desk,
            "b.enc.yaml",
            &["encrypt", "-i", "b.enc.yaml"],
            status,
            &all,
        );
    }
    std::fs::write(desk.path("b.enc.yaml"), b"a: \xff\xfe\n").unwrap();
    refused(
        &desk,
        "b.enc.yaml",
        &["encrypt", "-i", "b.enc.yaml"],
        2,
        &["b.enc.yaml"],
    );
}

#[test]
fn bombs_end_in_an_error_and_not_in_the_memory() {
    let desk = desk();
    let mut aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = vec![format!("*a{}", level - 1); 9].join(", ");
        aliases += &format!("a{level}: &a{level} [{below}]\n");
    }
    let deep = 200_000;
    for (file, text) in [
        ("b.enc.yaml", aliases),
        ("b.enc.yaml", format!("a: {}\n", "[".repeat(deep))),
        (
            "b.enc.yaml",
            format!("a: {}{}\n", "[".repeat(deep), "]".repeat(deep)),
        ),
        (
            "b.enc.yaml",
            format!("a: {}{}\n", "{b: ".repeat(deep), "}".repeat(deep)),
        ),
        ("b.enc.yaml", format!("a: {}x\n", "- ".repeat(deep))),
        (
            "b.enc.yaml",
            (0..3000)
                .map(|depth| format!("{}a:\n", " ".repeat(depth)))
                .collect(),
        ),
        (
            "b.json",
            format!("{{\"a\": {}{}}}", "[".repeat(deep), "]".repeat(deep)),
        ),
    ] {
        desk.write(file, text);
        let arguments = [
            "encrypt",
            "-i",
            "--age",
            &desk.recipient,
            "--filename-override",
            "b.enc.yaml",
            "--input-type",
            file.rsplit('.').next().unwrap(),
            file,
        ];
        // The address space of a run is bounded, so that a bomb that goes off is seen.
        let shell = "ulimit -v 2000000; exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        desk.configure(&mut command);
        command
            .args(["-c", shell])
            .arg(tests::program::path("flux-sops-age"))
            .args(arguments);
        let before = desk.read(file);
        let outcome = Outcome::from(command.output().unwrap());
        assert_eq!(outcome.status, 2, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(file), "{}", outcome.stderr);
        assert!(desk.read(file) == before);
    }
}

#[test]
fn files_of_a_hundred_megabytes_are_read_or_refused() {
    let desk = desk();
    let size = 100 << 20;
    // One that is broken at its end is refused at once, whatever its format.
    let lines = "padding: padding padding padding padding padding\n";
    for (name, rest) in [("big.dotenv", "no equals sign\n"), ("big.ini", "[open\n")] {
        desk.write(
            name,
            lines.replace("padding:", "p =").repeat(size / lines.len()) + rest,
        );
        let arguments = [
            "encrypt",
            "-i",
            "--age",
            &desk.recipient,
            "--filename-override",
            "b.enc.yaml",
            "--input-type",
            &name[4..],
            name,
        ];
        let outcome = desk.ours(&arguments);
        assert_eq!(outcome.status, 2, "{}", outcome.stderr);
        assert!(
            outcome.stderr.contains(name) && outcome.stderr.contains("line "),
            "{}",
            outcome.stderr
        );
    }
    // Any bytes are encrypted, and sops reads them. A build for tests takes its time: the benchmark does all hundred.
    let bytes: Vec<u8> = (0..size / 10).map(|at| (at % 251) as u8).collect();
    desk.write("big.bin", &bytes);
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - age: {}\n", desk.recipient),
    );
    assert_eq!(desk.ours(&["encrypt", "-i", "big.bin"]).status, 0);
    let read = desk.sops(&["decrypt", "big.bin"]);
    assert_eq!(read.status, 0, "{}", read.stderr);
    assert!(read.stdout == bytes);
}

#[test]
fn aliases_in_the_encrypted_part_are_spelled_out() {
    let desk = desk();
    let text = "stringData:\n  one: &one hunter2\n  two: *one\n  all: &all {a: b}\n  copy: *all\n";
    desk.write("a.enc.yaml", text);
    assert_eq!(desk.ours(&["encrypt", "-i", "a.enc.yaml"]).status, 0);
    assert!(!desk.read("a.enc.yaml").contains("hunter2"));
    let theirs = desk
        .sops(&["decrypt", "--output-type", "json", "a.enc.yaml"])
        .text();
    let theirs: serde_json::Value = serde_json::from_str(&theirs).unwrap();
    assert_eq!(theirs["stringData"]["two"], "hunter2");
    assert_eq!(theirs["stringData"]["copy"]["a"], "b");
}
