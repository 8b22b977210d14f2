//! `set` and `unset` beside those of sops: the same statuses, the same values.

use crate::desk::Desk;
use crate::documents::comments;

const TEXT: &str = "metadata:\n  name: redis-credentials\nstringData:\n  # the password\n  password: hunter2 # inline\n  port: 6379\n  list:\n    - a\n    - b\n";

/// Both programs do the same with a copy each of what sops encrypted.
struct Copies {
    desk: Desk,
    sealed: String,
}

impl Copies {
    fn new() -> Copies {
        let desk = Desk::new();
        desk.write("plain.yaml", TEXT);
        let sealed = desk
            .sops(&["encrypt", "--age", &desk.recipient, "plain.yaml"])
            .text();
        for name in ["theirs", "ours"] {
            std::fs::create_dir(desk.path(name)).unwrap();
            desk.write(&format!("{name}/plain.yaml"), TEXT);
        }
        Copies { desk, sealed }
    }

    /// Runs a verb on both copies, with what is piped in; says the status that both ended with.
    #[track_caller]
    fn hold(&self, arguments: &[&str], piped: &str) -> i32 {
        let mut found = Vec::new();
        for (folder, ours) in [("theirs", false), ("ours", true)] {
            self.desk.write(&format!("{folder}/e.yaml"), &self.sealed);
            let named = |word: &&str| match *word {
                "FILE" => format!("{folder}/e.yaml"),
                "PLAIN" => format!("{folder}/plain.yaml"),
                word => word.to_owned(),
            };
            let arguments: Vec<String> = arguments.iter().map(named).collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let outcome = self.desk.piped(ours, &arguments, piped);
            let after = self.desk.read(&format!("{folder}/e.yaml"));
            let is_same = after == self.sealed;
            let text = self
                .desk
                .sops(&["decrypt", &format!("{folder}/e.yaml")])
                .text();
            let values = self
                .desk
                .sops(&[
                    "decrypt",
                    "--output-type",
                    "json",
                    &format!("{folder}/e.yaml"),
                ])
                .text();
            assert!(outcome.status == 0 || is_same, "{arguments:?}");
            found.push((outcome, is_same, values, comments(text.as_bytes())));
        }
        let (ours, theirs) = (found.pop().unwrap(), found.pop().unwrap());
        assert_eq!(
            ours.0.status, theirs.0.status,
            "{arguments:?}: {} | {}",
            ours.0.stderr, theirs.0.stderr
        );
        assert_eq!(ours.1, theirs.1, "{arguments:?}: left as it was");
        assert_eq!(ours.2, theirs.2, "{arguments:?}");
        assert_eq!(ours.3, theirs.3, "{arguments:?}");
        ours.0.status
    }
}

const PASSWORD: &str = "[\"stringData\"][\"password\"]";

#[test]
fn set_does_what_it_does_in_sops() {
    let copies = Copies::new();
    for (path, value) in [
        (PASSWORD, "\"new\""),
        (PASSWORD, "\"hunter2\""),
        (PASSWORD, "\"a\\nb\\u00e9\""),
        (PASSWORD, "\"\""),
        (PASSWORD, "1"),
        (PASSWORD, "-0.5"),
        (PASSWORD, "1e3"),
        (PASSWORD, "true"),
        (PASSWORD, "{\"user\": \"x\", \"more\": [1, \"y\", {}]}"),
        ("[\"stringData\"][\"new\"]", "\"x\""),
        ("[\"stringData\"][\"new\"][\"deep\"]", "\"x\""),
        ("[\"stringData\"][\"list\"][0]", "\"x\""),
        ("[\"stringData\"][\"list\"][1]", "{\"k\": \"v\"}"),
        ("[\"stringData\"][\"list\"][2]", "\"appended\""),
        ("[\"stringData\"]", "{\"only\": \"this\"}"),
        ("[\"top\"]", "\"x\""),
        ("['metadata']['name']", "\"x\""),
    ] {
        assert_eq!(copies.hold(&["set", "FILE", path, value], ""), 0, "{path}");
    }
}

#[test]
fn lists_are_values_and_their_comments_are_no_elements() {
    let copies = Copies::new();
    let desk = &copies.desk;
    desk.write("list.yaml", "list:\n  - a\n  # about b\n  - b\n");
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "list.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    assert_eq!(
        desk.ours(&["set", "e.yaml", "[\"list\"][1]", "\"c\""])
            .status,
        0
    );
    assert_eq!(
        desk.sops(&["decrypt", "e.yaml"]).text(),
        "list:\n    - a\n    # about b\n    - c\n"
    );
    assert_eq!(desk.ours(&["unset", "e.yaml", "[\"list\"][1]"]).status, 0);
    assert_eq!(
        desk.ours(&["set", "e.yaml", "[\"more\"]", "[1, [], {}]"])
            .status,
        0
    );
    let values = desk
        .sops(&["decrypt", "--output-type", "json", "e.yaml"])
        .text();
    let values: serde_json::Value = serde_json::from_str(&values).unwrap();
    assert_eq!(
        values,
        serde_json::json!({"list": ["a"], "more": [1, [], {}]})
    );
}

#[test]
fn set_refuses_what_sops_refuses() {
    let copies = Copies::new();
    for arguments in [
        &["set", "FILE", "[\"stringData\"", "\"x\""][..],
        &["set", "FILE", "stringData.password", "\"x\""],
        &["set", "FILE", "[password]", "\"x\""],
        &["set", "FILE", PASSWORD, "not json"],
        &["set", "FILE", PASSWORD, "{\"a\":"],
        &["set", "FILE", PASSWORD],
        &["set", "FILE"],
        &["set"],
        &["set", "PLAIN", PASSWORD, "\"x\""],
        &["set", "none.yaml", PASSWORD, "\"x\""],
        &["set", "--value-file", "FILE", PASSWORD, "none"],
        &["set", "--value-file", "--value-stdin", "FILE", PASSWORD],
        &["set", "--value-stdin", "FILE", PASSWORD, "\"x\""],
    ] {
        assert_ne!(copies.hold(arguments, ""), 0, "{arguments:?}");
    }
}

#[test]
fn values_come_from_files_and_pipes() {
    let copies = Copies::new();
    copies.desk.write("value", "\"from a file\"\n");
    let from_file = ["set", "--value-file", "FILE", PASSWORD, "value"];
    assert_eq!(copies.hold(&from_file, ""), 0);
    assert!(
        copies
            .desk
            .sops(&["decrypt", "ours/e.yaml"])
            .text()
            .contains("from a file")
    );
    let piped = ["set", "--value-stdin", "FILE", PASSWORD];
    assert_eq!(copies.hold(&piped, "{\"piped\": true}\n"), 0);
    assert_ne!(copies.hold(&piped, ""), 0);
}

#[test]
fn what_is_there_already_is_left_alone_if_asked() {
    let copies = Copies::new();
    for (path, value) in [
        (PASSWORD, "\"hunter2\""),
        (PASSWORD, "\"other\""),
        ("[\"stringData\"][\"port\"]", "\"6379\""),
    ] {
        assert_eq!(
            copies.hold(&["set", "--idempotent", "FILE", path, value], ""),
            0
        );
    }
    // To sops a number of JSON is never the one that is there: it writes the file anew.
    copies.desk.write("ours/e.yaml", &copies.sealed);
    let same = [
        "set",
        "--idempotent",
        "ours/e.yaml",
        "[\"stringData\"][\"port\"]",
        "6379",
    ];
    assert_eq!(copies.desk.ours(&same).status, 0);
    assert_eq!(copies.desk.read("ours/e.yaml"), copies.sealed);
    for path in [
        PASSWORD,
        "[\"stringData\"][\"none\"]",
        "[\"none\"][\"deep\"]",
    ] {
        assert_eq!(copies.hold(&["unset", "--idempotent", "FILE", path], ""), 0);
    }
}

#[test]
fn unset_does_what_it_does_in_sops() {
    let copies = Copies::new();
    for path in [
        PASSWORD,
        "[\"stringData\"]",
        "[\"stringData\"][\"list\"][0]",
        "[\"stringData\"][\"list\"][1]",
        "[\"metadata\"][\"name\"]",
    ] {
        assert_eq!(copies.hold(&["unset", "FILE", path], ""), 0, "{path}");
    }
    for arguments in [
        &["unset", "FILE", "[\"none\"]"][..],
        &["unset", "FILE", "[\"stringData\"][\"list\"][7]"],
        &["unset", "FILE", "[\"stringData\"][\"password\"][\"deep\"]"],
        &["unset", "FILE", "[\"stringData\""],
        &["unset", "FILE"],
        &["unset"],
        &["unset", "PLAIN", PASSWORD],
        &["unset", "none.yaml", PASSWORD],
    ] {
        assert_ne!(copies.hold(arguments, ""), 0, "{arguments:?}");
    }
}
