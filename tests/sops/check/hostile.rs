//! Remedies about files whose names would run a program, or be taken for a flag, if one of them were not quoted.

use super::pasted::{paste, told};
use super::tree::{SECRET, git, other, rules, sound};
use crate::desk::Desk;

/// Names of files, each within the folder of that name and beside it.
const NAMES: [&str; 10] = [
    "';owned;\"$(owned)`owned`|owned&owned\n owned\n#",
    "--in-place",
    "-rf",
    " a b ",
    "$HOME*?[a]{b,c}",
    "a\\b\\",
    "!!~#",
    "~",
    "%s\\n%d",
    ":(top)",
];

/// Breaks a tree by a file of a name, which ends in `.enc.yaml`.
type Break = fn(&Desk, &str);

/// What each check is to find, and how its file comes to be so.
const BROKEN: [(&str, Break); 5] = [
    ("files/plaintext", |desk, name| desk.write(name, SECRET)),
    ("files/recipients-differ", |desk, name| {
        desk.write(name, desk.read(super::tree::SEALED));
        rules(desk, &format!("{},{}", desk.recipient, other(desk).0));
    }),
    ("files/rule-differs", |desk, name| {
        desk.write(name, desk.read(super::tree::SEALED));
        let rule = desk.read(".sops.yaml");
        desk.write(".sops.yaml", rule.replace("(data", "(metadata|data"));
    }),
    ("files/private-key", |desk, name| {
        desk.write(name, format!("# {}\n", other(desk).1));
        git(desk, &["add", "."]);
    }),
    ("files/private-key", |desk, name| {
        desk.write(name, format!("# {}\n", other(desk).1));
    }),
];

/// Runs a remedy, which does nothing else.
fn run(desk: &Desk, (message, remedy): &(String, String), about: &str) {
    let marks = tempfile::tempdir().unwrap();
    let ran = marks.path().join("ran");
    let script = format!("owned() {{ : > {}; }}; {remedy}", ran.display());
    let done = paste(desk, &script, ".");
    assert!(!ran.exists(), "{about}: {remedy}");
    assert!(
        done.status.success(),
        "{about}: {message}: {remedy}: {done:?}"
    );
}

#[test]
fn no_name_of_a_file_becomes_a_command_or_a_flag() {
    for name in NAMES {
        for below in ["", name] {
            for (number, (check, break_tree)) in BROKEN.into_iter().enumerate() {
                let desk = sound();
                let path = match below {
                    "" => format!("{name}.enc.yaml"),
                    folder => format!("{folder}/{name}.enc.yaml"),
                };
                let folder = desk.path(&path);
                std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
                break_tree(&desk, &path);
                let about = format!("{number} {check} {path:?}");
                // What is no longer in Git is to be kept out of it next.
                let rounds = (0..3).take_while(|_| {
                    let mut told = told(&desk, check, ".");
                    told.retain(|(_, remedy)| !remedy.is_empty());
                    told.iter().for_each(|told| run(&desk, told, &about));
                    !told.is_empty()
                });
                let rounds = rounds.count();
                // What would not be printed as it is, is not told.
                let is_told = !name.contains('\n');
                assert!(rounds < 3 && (rounds > 0 || !is_told), "{about}");
            }
        }
    }
}

#[test]
fn a_name_is_told_on_the_line_that_it_belongs_to() {
    let desk = sound();
    desk.write("a\nerror: b.enc.yaml", SECRET);
    let told = desk.ours(&["encrypt", "-i", "--all", "--dry-run"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    let mut lines = told.stderr.lines();
    assert!(
        told.stderr.contains("b.enc.yaml: ") && !lines.any(|line| line.starts_with("error")),
        "{}",
        told.stderr
    );
}
