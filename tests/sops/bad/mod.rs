//! Bad input: the error names file, line and path, nothing changes, no plain text is left.

mod disk;
mod forged;
mod keys;
mod places;
mod texts;

use crate::desk::Desk;

const SECRET: &str =
    "kind: Secret\nstringData:\n  # the password\n  password: hunter2\n  other: x\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        ".sops.yaml",
        format!(
            "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {}\n",
            desk.recipient
        ),
    );
    desk.write("s.enc.yaml", SECRET);
    assert_eq!(desk.sops(&["encrypt", "-i", "s.enc.yaml"]).status, 0);
    desk
}

/// Runs a verb that must fail with that status and these words, and must leave the file as it is.
#[track_caller]
fn refused(desk: &Desk, file: &str, arguments: &[&str], status: i32, words: &[&str]) {
    let before = std::fs::read(desk.path(file)).unwrap();
    let outcome = desk.ours(arguments);
    let said = &outcome.stderr;
    assert_eq!(outcome.status, status, "{arguments:?}: {said}");
    for word in words {
        assert!(
            said.contains(word),
            "{arguments:?} does not say {word}: {said}"
        );
    }
    assert!(
        said.starts_with("error: ") && !said.contains("hunter2"),
        "{said}"
    );
    assert_eq!(outcome.stdout, b"", "{arguments:?}");
    assert!(
        std::fs::read(desk.path(file)).unwrap() == before,
        "{arguments:?} changed {file}"
    );
    assert_eq!(strays(desk), Vec::<String>::new(), "{arguments:?}");
}

/// What no finished run may leave.
fn strays(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(".")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.ends_with(".being-replaced"))
        .collect()
}
