//! `set` and `unset` beside those of sops: the same statuses, the same values.

mod added;
mod copies;

use copies::Copies;

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

#[test]
fn nothing_is_lost_where_a_path_does_not_fit() {
    let copies = Copies::new();
    let desk = &copies.desk;
    desk.write("ours/e.yaml", &copies.sealed);
    for path in [
        "",
        "[0]",
        "[\"stringData\"][0]",
        "[\"stringData\"][7]",
        "[\"stringData\"][\"list\"][\"x\"]",
        "[\"stringData\"][\"list]]",
    ] {
        let set = desk.ours(&["set", "ours/e.yaml", path, "\"x\""]);
        let unset = desk.ours(&["unset", "ours/e.yaml", path]);
        let extract = desk.ours(&["decrypt", "--extract", path, "ours/e.yaml"]);
        assert_ne!((set.status, unset.status), (0, 0), "{path}");
        assert!(path.is_empty() || extract.status != 0, "{path}");
        assert_eq!(desk.read("ours/e.yaml"), copies.sealed, "{path}");
    }
    // sops cannot name what has a bracket in its name; it reads it.
    for name in ["k']b", "q[x", "a][b"] {
        let path = format!("[\"stringData\"][\"{name}\"]");
        desk.ours(&["set", "ours/e.yaml", &path, "\"v\""]).text();
        let opened = desk.sops(&["decrypt", "ours/e.yaml"]).text();
        assert!(opened.contains(&format!("    {name}: v\n")), "{opened}");
        desk.ours(&["unset", "ours/e.yaml", &path]).text();
    }
}
