//! Documents that were encrypted one by one and put into one file: the data key of each is in its own block alone.

use crate::desk::Desk;

/// A file of two documents that the real sops encrypted apart, and a rule with one recipient more.
fn joined() -> Desk {
    let desk = Desk::new();
    let second = desk.ours(&["keygen", "-o", "second.txt"]).stderr;
    let second = second.trim().rsplit(' ').next().unwrap();
    let sealed = |name: &str| {
        desk.write(name, format!("stringData:\n  {name}: secret\n"));
        let text = desk.sops(&["encrypt", "--age", &desk.recipient, name]);
        text.text()
    };
    let (one, two) = (sealed("a.yaml"), sealed("b.yaml"));
    desk.write("joined.yaml", format!("{one}---\n{two}"));
    desk.write("whole.yaml", "a: 1\n---\nb: 2\n");
    let whole = desk.sops(&["encrypt", "-i", "--age", &desk.recipient, "whole.yaml"]);
    assert_eq!(whole.status, 0, "{}", whole.stderr);
    desk.write("behind.yaml", format!("kind: Namespace\n---\n{two}"));
    let rule = format!(
        "creation_rules:\n  - path_regex: \\.yaml$\n    age: {},{second}\n",
        desk.recipient
    );
    desk.write(".sops.yaml", rule);
    desk
}

#[test]
fn no_data_key_is_written_over() {
    let desk = joined();
    for arguments in [
        &["updatekeys", "-y", "joined.yaml"][..],
        &["updatekeys", "-y", "--dry-run", "joined.yaml"],
        &["rotate", "-i", "joined.yaml"],
        &["decrypt", "-i", "joined.yaml"],
    ] {
        let before = desk.read("joined.yaml");
        let refused = desk.ours(arguments);
        assert_ne!(refused.status, 0, "{arguments:?}");
        assert_eq!(desk.read("joined.yaml"), before, "{arguments:?}");
    }
    let refused = desk.ours(&["updatekeys", "-y", "joined.yaml"]).stderr;
    assert!(
        refused.contains("its document 2 was encrypted apart from the first")
            && refused.contains("hint: part the file"),
        "{refused}"
    );
    let done = desk.ours(&["updatekeys", "-y", "whole.yaml"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    desk.sops(&["decrypt", "whole.yaml"]).text();
}

#[test]
fn a_check_tells_of_them() {
    let desk = joined();
    let found = desk.ours(&[
        "check",
        "--offline",
        "joined.yaml",
        "behind.yaml",
        "-o",
        "json",
    ]);
    let found = String::from_utf8(found.stdout).unwrap();
    for part in [
        "its document 2 was encrypted apart from the first",
        "its first document is not encrypted, and another one is",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
}
