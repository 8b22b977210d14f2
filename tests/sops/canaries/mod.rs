//! Planted secrets are looked for in all that a run shows and leaves, and never found.

mod files;
mod keys;
mod processes;

use std::path::Path;

use crate::desk::{Desk, Outcome};

/// A value, and a comment, of the files.
const VALUE: &str = "canary-value-93ab";

const COMMENT: &str = "canary-comment-77cd";

/// A password that is a number too large for the format.
const NUMBER: &str = "98765432109876543210";

/// What a person pipes into `set`.
const PIPED: &str = "canary-piped-15ef";

/// Texts that hold the canaries, most of them broken: a name whose suffix is the format, and the text.
fn texts() -> Vec<(&'static str, String)> {
    let secret = format!("stringData:\n  # {COMMENT}\n  password: {VALUE}\n");
    vec![
        ("good.yaml", secret.clone()),
        ("good.json", format!("{{\"password\": \"{VALUE}\"}}")),
        ("good.env", format!("# {COMMENT}\nPASSWORD={VALUE}\n")),
        (
            "good.ini",
            format!("[a]\n; {COMMENT}\npassword = {VALUE}\n"),
        ),
        ("good.bin", VALUE.to_owned()),
        ("open-list.yaml", format!("a: [{VALUE}\n")),
        ("colon.yaml", format!("a: {VALUE}: {VALUE}\n")),
        ("quote.yaml", format!("a: \"{VALUE}\n")),
        ("escape.yaml", format!("a: \"{VALUE}\\q\"\n")),
        ("tab.yaml", format!("a:\n\t{VALUE}\n")),
        ("indent.yaml", format!("a:\n    b: {VALUE}\n  c: {VALUE}\n")),
        ("anchor.yaml", format!("a: &{VALUE} [*{VALUE}]\n")),
        ("no-anchor.yaml", format!("a: *{VALUE}\n")),
        ("tag.yaml", format!("a: !!int {VALUE}\n")),
        ("binary.yaml", format!("a: !!binary {VALUE}!\n")),
        ("number.yaml", format!("password: {NUMBER}\n")),
        ("list.yaml", format!("- {VALUE}\n")),
        ("scalar.yaml", format!("{VALUE}\n")),
        ("twice.yaml", format!("a: {VALUE}\na: {VALUE}\n")),
        ("directive.yaml", format!("%YAML 1.2\n---\na: {VALUE}\n")),
        ("block.yaml", format!("sops: {VALUE}\nb: {VALUE}\n")),
        ("open.json", format!("{{\"a\": \"{VALUE}\"")),
        ("bare.json", format!("{{\"a\": {VALUE}}}")),
        ("list.json", format!("[\"{VALUE}\"]")),
        ("escape.json", format!("{{\"a\": \"{VALUE}\\q\"}}")),
        ("line.env", format!("{VALUE}\n")),
        ("reserved.env", format!("sops_mac={VALUE}\n")),
        ("line.ini", format!("{VALUE}\n")),
        ("quote.ini", format!("[a]\nb = \"\"\"{VALUE}\n")),
        ("section.ini", format!("[{VALUE}\n")),
    ]
}

/// What is done to ciphertext.
fn forgeries(sealed: &str) -> Vec<(&'static str, String)> {
    let at = sealed.find("data:").unwrap() + 5;
    let mac = sealed.find("mac: ").unwrap();
    vec![
        ("whole", sealed.to_owned()),
        ("other", sealed.replacen("data:", "data:AAAA", 1)),
        ("cut", sealed[..at + 3].to_owned()),
        ("torn", sealed.replacen(",tag:", "", 1)),
        ("plain", sealed.replacen("ENC[", "[ENC", 1)),
        (
            "mac",
            format!(
                "{}{}",
                &sealed[..mac],
                sealed[mac..].replacen("data:", "data:AAAA", 1)
            ),
        ),
        ("added", format!("added: {VALUE}\n{sealed}")),
        ("moved", sealed.replacen("password", "other", 1)),
    ]
}

/// The verbs, on a file.
fn verbs(file: &str) -> Vec<Vec<&str>> {
    let path = "[\"stringData\"][\"password\"]";
    vec![
        vec!["encrypt", file],
        vec!["encrypt", "-i", file],
        vec!["decrypt", file],
        vec!["decrypt", "--extract", "[\"none\"]", file],
        vec!["decrypt", "-i", file],
        vec!["rotate", file],
        vec!["rotate", "-i", file],
        vec!["updatekeys", "-y", file],
        vec!["set", "--value-stdin", file, path],
        vec![
            "set",
            "--value-stdin",
            file,
            "[\"stringData\"][\"list\"][7]",
        ],
        vec!["unset", file, "[\"none\"]"],
        vec!["edit", file],
        vec!["edit", "-s", file],
        vec!["filestatus", file],
        vec!["encrypt", "--dry-run", file],
        vec!["decrypt", "--dry-run", file],
        vec!["rotate", "--dry-run", file],
        vec!["keygen", "-y", file],
        vec!["secret", "generic", "new", "--from-file", file],
        vec!["secret", "generic", "new", "--stdin", "a b"],
    ]
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - age: {}\n", desk.recipient),
    );
    std::fs::create_dir(desk.path("tmp")).unwrap();
    desk
}

/// Runs our program on a file that is laid out anew, and looks for canaries.
#[track_caller]
fn hold(desk: &Desk, file: &str, text: &str, arguments: &[&str]) {
    desk.write(file, text);
    let mut command = desk.program(true);
    command
        .args(["-v"])
        .args(arguments)
        .env("TMPDIR", desk.path("tmp"))
        .env("EDITOR", "true");
    // A value that is no JSON on some verbs, a good one on others.
    let piped = if arguments.contains(&"[\"none\"]") {
        PIPED.to_owned()
    } else {
        format!("\"{PIPED}\"")
    };
    let outcome = desk.pipe_to(command, &piped);
    let Outcome {
        status,
        stdout,
        stderr,
    } = &outcome;
    let stdout = String::from_utf8_lossy(stdout);
    for canary in [VALUE, COMMENT, NUMBER, PIPED] {
        assert!(
            !stderr.contains(canary),
            "{arguments:?} on:\n{text}\nsays: {stderr}"
        );
        let is_asked_for = *status == 0 && arguments[0] == "decrypt";
        assert!(
            is_asked_for || !stdout.contains(canary),
            "{arguments:?} on:\n{text}\nprints: {stdout}"
        );
    }
    assert!(
        is_empty(&desk.path("tmp")),
        "{arguments:?} leaves something in the folder for what is temporary"
    );
    let mut left: Vec<String> = std::fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ![".sops.yaml", "key.txt", "tmp", file].contains(&name.as_str()))
        .collect();
    left.sort();
    assert_eq!(left, Vec::<String>::new(), "{arguments:?} on:\n{text}");
    std::fs::remove_file(desk.path(file)).unwrap();
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}
