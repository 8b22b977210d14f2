//! What `set` adds, and all around it.

use super::copies::Copies;

#[test]
fn what_is_added_stands_below_the_comments_of_what_is_before_it() {
    let copies = Copies::new();
    let desk = &copies.desk;
    for text in [
        "l:\n- x\n# - y\n",
        "l:\n    - x\n    # - y\n    # - z",
        "a:\n    b:\n        c: x\n        # about c\n",
        "a:\n    b:\n        c: x\n    # in a\n\n# at the root\n",
    ] {
        desk.write("c.yaml", text);
        let encrypt = ["encrypt", "--age", &desk.recipient, "c.yaml"];
        for sealed in [desk.ours(&encrypt), desk.sops(&encrypt)] {
            desk.write("e.yaml", sealed.text());
            let before = desk.sops(&["decrypt", "e.yaml"]).text();
            for change in [
                &["set", "e.yaml", "[\"new\"]", "\"v\""][..],
                &["unset", "e.yaml", "[\"new\"]"],
            ] {
                assert_eq!(desk.ours(change).status, 0, "{text}");
                let opened = desk.sops(&["decrypt", "e.yaml"]).text();
                assert!(!opened.contains("ENC["), "{change:?}: {opened}\nof\n{text}");
            }
            // sops itself loses some of these when it writes, and we find them.
            if !before.contains("ENC[") {
                assert_eq!(desk.sops(&["decrypt", "e.yaml"]).text(), before);
            }
        }
    }
}

#[test]
fn what_is_added_takes_no_line_of_a_block() {
    let copies = Copies::new();
    let desk = &copies.desk;
    for (block, value) in [
        ("|\n    x\n     \n", "x\n \n"),
        ("|+\n    x\n\n\n", "x\n\n\n"),
        ("|+\r\n    x\r\n\r\n", "x\n\n"),
        ("|\n    x\n\n", "x\n"),
        (">+\n    x\n  \n\n", "x\n\n\n"),
    ] {
        for end in ["", "z: 1\n"] {
            desk.write("b.yaml", format!("m:\n  b: {block}{end}"));
            // The block stays plain, and counts in the MAC.
            let rule = ["--encrypted-regex", "^data$", "b.yaml"];
            let encrypt = [&["encrypt", "--age", &desk.recipient], &rule[..]].concat();
            desk.write("e.yaml", desk.ours(&encrypt).text());
            let added = desk.ours(&["set", "e.yaml", "[\"m\"][\"new\"]", "\"v\""]);
            assert_eq!(added.status, 0, "{block:?}: {}", added.stderr);
            let opened = desk.sops(&["decrypt", "--output-type", "json", "e.yaml"]);
            let values: serde_json::Value = serde_json::from_str(&opened.text()).unwrap();
            assert_eq!(values["m"], serde_json::json!({"b": value, "new": "v"}));
        }
    }
}

#[test]
fn equal_elements_keep_their_ciphertext() {
    let copies = Copies::new();
    let desk = &copies.desk;
    desk.write("l.json", "{\"l\": [\"x\", \"x\", \"x\"], \"m\": \"y\"}");
    let sealed = desk
        .sops(&["encrypt", "--age", &desk.recipient, "l.json"])
        .text();
    desk.write("e.json", &sealed);
    assert_eq!(desk.ours(&["set", "e.json", "[\"m\"]", "\"z\""]).status, 0);
    let after = desk.read("e.json");
    let elements = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("\t\t\"ENC"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(elements(&sealed).len(), 3);
    assert_eq!(elements(&after), elements(&sealed));
}
