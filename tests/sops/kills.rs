//! The verbs that write, as they are released, killed before each write: every file is whole, the next run ends well.

use std::collections::BTreeSet;
use std::path::Path;

use tests::kill;
use tests::program;

use crate::desk::{Desk, Outcome};

/// What must not be found where it was not put.
const CANARY: &str = "canary-6f1d";
/// How many files each run is about.
const FILES: usize = 3;

fn name(number: usize) -> String {
    format!("f{number}.enc.yaml")
}

fn plain(number: usize) -> String {
    format!("kind: Secret\nstringData:\n  # about {CANARY}\n  password: {CANARY}-{number}\n")
}

/// A desk with files that sops encrypted, and a second key, which is not a recipient of them yet.
struct Case {
    desk: Desk,
    second: String,
    encrypted: Vec<String>,
}

impl Case {
    fn new() -> Case {
        let desk = Desk::new();
        std::fs::create_dir(desk.path("tmp")).unwrap();
        let second = desk.ours(&["keygen", "-o", "second.txt"]).stderr;
        let second = second.trim().rsplit(' ').next().unwrap().to_owned();
        let case = Case {
            second,
            encrypted: Vec::new(),
            desk,
        };
        case.rule(&case.desk.recipient);
        let encrypted = (0..FILES).map(|number| {
            case.desk.write(&name(number), plain(number));
            case.desk.sops(&["encrypt", &name(number)]).text()
        });
        let encrypted = encrypted.collect();
        Case { encrypted, ..case }
    }

    fn rule(&self, recipients: &str) {
        let rule = "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n";
        self.desk
            .write(".sops.yaml", format!("{rule}    age: {recipients}\n"));
    }

    /// Kills `arguments` before each write, and then runs it once more. `old` are the files before, `holds` looks at
    /// one that is done: its number and its text.
    fn hold(&self, arguments: &[&str], old: &[String], holds: impl Fn(usize, &str)) {
        let ours = program::released("flux-sops-age");
        let known: BTreeSet<String> = (0..FILES).map(name).collect();
        let extra = || -> Vec<String> {
            let names = std::fs::read_dir(self.desk.path(".")).unwrap();
            names
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .filter(|name| {
                    !known.contains(name)
                        && ![".sops.yaml", "key.txt", "second.txt", "tmp", "value"]
                            .contains(&name.as_str())
                })
                .collect()
        };
        let killed = kill::before_every_write(
            &ours,
            |command| {
                self.desk.configure(command);
                command.args(arguments).env("TMPDIR", self.desk.path("tmp"));
            },
            || {
                for (number, text) in old.iter().enumerate() {
                    self.desk.write(&name(number), text);
                }
            },
            |point| {
                for (number, old) in old.iter().enumerate() {
                    let text = self.desk.read(&name(number));
                    if text != *old {
                        holds(number, &text);
                    }
                }
                for stray in extra() {
                    let text = self.desk.read(&stray);
                    assert!(
                        !text.contains(CANARY),
                        "{arguments:?} at {point:?} left {stray}"
                    );
                }
                assert!(is_empty(&self.desk.path("tmp")), "{point:?}");
                let again = self.desk.command(&ours).args(arguments).output().unwrap();
                let again = Outcome::from(again);
                assert_eq!(
                    again.status, 0,
                    "{arguments:?} after {point:?}: {}",
                    again.stderr
                );
                for number in 0..FILES {
                    holds(number, &self.desk.read(&name(number)));
                }
                assert_eq!(
                    extra(),
                    Vec::<String>::new(),
                    "{arguments:?} after {point:?}"
                );
            },
        );
        // A file is written, flushed and renamed, its folder is flushed.
        println!("{arguments:?}: killed {killed} times");
        assert!(killed >= 3, "{arguments:?}: killed {killed} times");
    }

    /// Whether sops reads a file, and what it holds is what it held.
    fn opens(&self, number: usize, text: &str, expected: &str) {
        assert!(!text.contains(CANARY), "{text}");
        assert_eq!(
            self.desk
                .sops(&["decrypt", &name(number)])
                .text()
                .replace("    ", "  "),
            expected
        );
    }
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn encrypt_in_place_is_killed_before_every_write() {
    let case = Case::new();
    let old: Vec<String> = (0..FILES).map(plain).collect();
    case.hold(&["encrypt", "-i", "--all"], &old, |number, text| {
        case.opens(number, text, &plain(number));
    });
}

#[test]
fn updatekeys_is_killed_before_every_write() {
    let case = Case::new();
    case.rule(&format!("{},{}", case.desk.recipient, case.second));
    case.hold(
        &["updatekeys", "-y", "--all"],
        &case.encrypted,
        |number, text| {
            assert!(text.contains(&case.second));
            case.opens(number, text, &plain(number));
        },
    );
}

#[test]
fn rotate_in_place_is_killed_before_every_write() {
    let case = Case::new();
    case.hold(
        &["rotate", "-i", "--all"],
        &case.encrypted,
        |number, text| {
            assert_ne!(text, case.encrypted[number]);
            case.opens(number, text, &plain(number));
        },
    );
}

#[test]
fn set_is_killed_before_every_write() {
    let case = Case::new();
    let value = case.desk.path("value");
    std::fs::write(&value, "\"other\"").unwrap();
    let new = plain(0).replace(&format!("{CANARY}-0"), "other");
    let arguments = [
        "set",
        "--value-file",
        "f0.enc.yaml",
        "[\"stringData\"][\"password\"]",
        "value",
    ];
    case.hold(&arguments, &case.encrypted, |number, text| {
        let expected = if number == 0 {
            new.clone()
        } else {
            plain(number)
        };
        case.opens(number, text, &expected);
    });
}
