//! A file that is too large to be looked at, and what is not for the cluster's key: `check` and `bootstrap` say so.

use super::tree::{other, report, sound};
use crate::desk::Desk;

/// A sound tree with a file of more than 64 MiB, which takes no room.
fn with_large_file() -> Desk {
    let desk = sound();
    let file = std::fs::File::create(desk.path("large.yaml")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    desk
}

#[test]
fn a_file_that_is_too_large_makes_it_incomplete() {
    let desk = with_large_file();
    assert_eq!(desk.ours(&["check", "--offline"]).status, 3);
    let report = report(&desk, &[]);
    assert_eq!(report["result"], "incomplete", "{report:#}");
    let skipped = report["skipped"].to_string();
    assert!(
        skipped.contains("large.yaml: it is too large to be looked at"),
        "{report:#}"
    );
    // What of it is looked at is not: nobody knows.
    let passed = report["passed"].to_string();
    assert!(!passed.contains("files/plaintext"), "{passed}");
    // A byte less, and it is read: there is nothing in it.
    let mut options = std::fs::File::options();
    let file = options.write(true).open(desk.path("large.yaml")).unwrap();
    file.set_len(1 << 20).unwrap();
    let whole = desk.ours(&["check", "--offline"]).text_of_any();
    assert!(!whole.contains("too large"), "{whole}");
}

#[test]
fn bootstrap_says_what_it_did_not_look_at_and_what_the_key_does_not_open() {
    let desk = with_large_file();
    let (public, private) = other(&desk);
    desk.write("other.txt", private);
    desk.write(".gitignore", "*.txt\n");
    let arguments = [
        "bootstrap",
        "--export",
        "--key-file",
        "other.txt",
        "--recipient",
        &public,
    ];
    let made = desk.ours(&arguments);
    assert_eq!(made.status, 0, "{}", made.stderr);
    for said in [
        "warning: large.yaml: it is too large to be looked at\n",
        "files that are not encrypted for this key yet: 1\n  flux sops-age updatekeys --all\n",
    ] {
        assert!(made.stderr.contains(said), "{said}{}", made.stderr);
    }
    // Done as it says, nothing is left to be said.
    let update = ["updatekeys", "--all", "--yes"];
    desk.ours(&update).text();
    std::fs::remove_file(desk.path("large.yaml")).unwrap();
    let again = desk.ours(&arguments).stderr;
    assert!(
        !again.contains("not encrypted for this key") && !again.contains("warning"),
        "{again}"
    );
}
