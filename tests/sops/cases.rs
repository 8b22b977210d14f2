//! Small inputs with traps, encrypted and decrypted both ways.

use std::path::Path;

use crate::desk::Desk;
use crate::documents::{comments, values};

/// Texts of our own.
const TEXTS: [(&str, &str); 9] = [
    (
        "plain",
        "stringData:\n  user: admin\n  password: \"s3cr3t p@ss: #1\"\n",
    ),
    (
        "comments",
        "# head\n\n# detached\na: 1 # inline\n# before b\nb: # on a key\n  # head of c\n  c: x # inline c\n  # foot of c\n\n  # head of d\n  d:\n  # first\n  - one # inline one\n  # between\n  - two\n  # last\n# end\n",
    ),
    (
        "documents",
        "---\n# first\na: x\n---\nb: 2\nc: true\n---\nd: null\n",
    ),
    (
        "anchors",
        "base: &base\n  user: shared\n  pass: secret\none: &pw top\ntwo: *pw\ncopy: *base\nmerged:\n  <<: *base\n  more: x\n",
    ),
    (
        "blocks",
        "a: |\n  one\n    two\n\n  three\nb: |-\n  strip\nc: |+\n  keep\n\n\nd: >\n  folded\n  text\n\ne: |2\n    spaces\nf: |\ng: end\n",
    ),
    (
        "types",
        "i: 0644\nh: 0x1F\nf: 1.50\ne: 1e21\nt: 2024-01-02\nb: yes\nn: ~\nz: \"\"\ns: '12'\n",
    ),
    (
        "flow",
        "{a: 1, \"b\": 'x', c: [q, {d: \"e\"}, null], f: }\n",
    ),
    ("crlf", "a: b\r\n# c\r\nm: |\r\n  l1\r\n  l2\r\nd: e\r\n"),
    (
        "bytes",
        "bin: !!binary aGVsbG8=\nint: !!int \"42\"\nown: !vault secret\nкey: \"\\x01 \\u2028 🔑\"\n",
    ),
];

#[track_caller]
fn hold_both_ways(desk: &Desk, name: &str) {
    let found = desk.both_ways(name, &[]);
    assert_eq!(found.sops_of_ours.is_empty(), found.sops_of_sops.is_empty());
    let expected = values(&found.sops_of_sops);
    for (text, what) in [
        (&found.sops_of_ours, "sops of ours"),
        (&found.ours_of_sops, "ours of sops"),
        (&found.ours_of_ours, "ours of ours"),
    ] {
        assert_eq!(values(text), expected, "{name}: {what}");
    }
}

#[test]
fn texts_with_traps_hold_both_ways() {
    let desk = Desk::new();
    for (name, text) in TEXTS {
        let file = format!("{name}.yaml");
        desk.write(&file, text);
        hold_both_ways(&desk, &file);
    }
}

#[test]
fn comments_hold_both_ways() {
    let desk = Desk::new();
    let (_, text) = TEXTS[1];
    desk.write("c.yaml", text);
    let found = desk.both_ways("c.yaml", &[]);
    let expected = comments(text.as_bytes());
    assert_eq!(comments(&found.ours_of_ours), expected);
    assert_eq!(comments(&found.ours_of_sops), expected);
    assert_eq!(comments(&found.sops_of_ours), expected);
    // What is decrypted by its own writer is the text itself.
    assert_eq!(String::from_utf8(found.ours_of_ours).unwrap(), text);
}

#[test]
fn upstream_cases_hold_both_ways_where_they_are_at_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/sops-cases");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let desk = Desk::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        desk.write(&name, std::fs::read(&path).unwrap());
        hold_both_ways_where_sops_does(&desk, &name);
    }
}

#[test]
fn comments_beside_elements_that_are_nothing_hold_both_ways() {
    let desk = Desk::new();
    for text in [
        "a:\n  # before\n  -\n",
        "a:\n  # before\n  -\nb: x\n",
        "a:\n  - x\n  # before\n  -\n  # between\n  - y\n",
        "a:\n  - # behind\n  - x\nb: y\n",
        "a:\n  - # behind\nb: y\n",
        "a:\n  - x\n  # foot\n\n  -\n# head\nb: y\n",
        "a:\n  - k: x\n    l: z\n  # foot\n\n  -\n# head\nb: y\n",
        "a:\n  - - # deep\n    # more\n    -\n  # last\n  -\nb: y\n",
    ] {
        desk.write("n.yaml", text);
        let found = desk.both_ways("n.yaml", &[]);
        // sops itself loses some of these when it writes.
        for plain in [&found.sops_of_ours, &found.ours_of_ours] {
            assert_eq!(comments(plain), comments(text.as_bytes()), "{text}");
        }
    }
}

#[test]
fn what_sops_reads_as_something_else_is_refused() {
    let desk = Desk::new();
    for text in [
        "a:\n \tb: c\n",
        "a: 1\n\t\nb: 2\n",
        "l:\n-\ta\n",
        "a: |\n  \tindented\n",
        "a: |-\n\n \t\n  b\n",
        "\ta: b\n",
        "a: &b.c d\ne: *b.c\n",
        "a: 1\n...\nb: 2\n",
        "{\"a\"\n: b}\n",
        "\"a\\/b\": c\n",
        "{a: ?b}\n",
        "{a: :b}\n",
        "a: 1\rb: 2\n",
        "a: 1\n# once\r# twice\nb: 2\n",
    ] {
        desk.write("n.yaml", text);
        let encrypt = ["encrypt", "--age", &desk.recipient, "n.yaml"];
        let ours = desk.ours(&encrypt);
        assert_eq!(ours.status, 2, "{text:?}: {}", ours.stderr);
        assert!(ours.stderr.contains(" line "), "{}", ours.stderr);
    }
    // sops takes these for other words or goes by what the alias stands for, which would change.
    for text in [
        "a: {b:}\n",
        "a: {?b: c}\n",
        "a: &b:c d\n",
        "a: &b c\n*b : d\n",
    ] {
        desk.write("n.yaml", text);
        let encrypt = ["encrypt", "--age", &desk.recipient, "n.yaml"];
        assert_eq!(desk.ours(&encrypt).status, 2, "{text:?}");
    }
}

#[test]
fn tabs_between_words_and_behind_them_stay() {
    let desk = Desk::new();
    for text in [
        "a:\tb\t\nc:\t|\n  d\te\n\n  \tf\nl: [g,\th]\t# i\n",
        "a: 1\n \t\nb: 2\n",
        "a: |\n  x\n   \t\nb: 1\n",
        "a: |2\n   \tx\nb: \"c\n  \td\"\n",
        "---\ta: b\n",
    ] {
        desk.write("t.yaml", text);
        hold_both_ways_where_sops_does(&desk, "t.yaml");
    }
}

#[test]
fn yaml_1_1_and_utf_16_are_taken_as_sops_takes_them() {
    let desk = Desk::new();
    let text = "# first\na: \u{fc}x # about\nm:\n  - y\n";
    desk.write("d.yaml", format!("%YAML 1.1\n---\n{text}"));
    hold_both_ways(&desk, "d.yaml");
    desk.write("d.yaml", "%YAML 1.1 # why\r\n---\r\na: b\r\n");
    hold_both_ways(&desk, "d.yaml");
    for version in ["%YAML 1.2\n---\na: b\n", "%YAML 1.10\n---\na: b\n"] {
        desk.write("d.yaml", version);
        assert_eq!(
            desk.sops(&["encrypt", "--age", &desk.recipient, "d.yaml"])
                .status,
            2
        );
        hold_both_ways_where_sops_does(&desk, "d.yaml");
    }
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        desk.write("w.yaml", units.flat_map(order).collect::<Vec<u8>>());
        let found = desk.both_ways("w.yaml", &[]);
        for opened in [
            &found.sops_of_ours,
            &found.ours_of_sops,
            &found.ours_of_ours,
        ] {
            assert_eq!(values(opened), values(text.as_bytes()));
            assert_eq!(comments(opened), comments(text.as_bytes()));
        }
    }
    desk.write("w.yaml", b"\xff\xfea\0:");
    hold_both_ways_where_sops_does(&desk, "w.yaml");
}

#[track_caller]
fn hold_both_ways_where_sops_does(desk: &Desk, name: &str) {
    let encrypt = ["encrypt", "--age", &desk.recipient, name];
    let theirs = desk.sops(&encrypt);
    if theirs.status == 0 {
        hold_both_ways(desk, name);
    } else {
        assert_eq!(desk.ours(&encrypt).status, theirs.status, "{name}");
    }
}

#[test]
fn escapes_of_json_are_written_as_sops_reads_them() {
    let desk = Desk::new();
    desk.write(
        "j.yaml",
        "data: \"a\\/b\"\nplain: \"c\\/d \\ud83d\\ude00 \\\\/\"\n",
    );
    let encrypt = [
        "encrypt",
        "--age",
        &desk.recipient,
        "--encrypted-regex",
        "^data$",
        "j.yaml",
    ];
    let sealed = desk.ours(&encrypt).text();
    desk.write("e.yaml", sealed);
    let opened = desk.sops(&["decrypt", "--output-type", "json", "e.yaml"]);
    let expected = "{\n\t\"data\": \"a/b\",\n\t\"plain\": \"c/d \u{1f600} \\\\/\"\n}\n";
    assert_eq!(opened.text(), expected);
}
