//! Small inputs with traps, encrypted and decrypted both ways.

mod comments;
mod dialect;

use std::path::Path;

use crate::desk::Desk;
use crate::documents::values;

/// Texts of our own.
const TEXTS: [(&str, &str); 10] = [
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
    ("empty", "{}\n---\na: b\n---\n{}\n"),
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
#[cfg_attr(not(cases_at_hand), ignore = "the cases of others are not at hand")]
fn upstream_cases_hold_both_ways() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/sops-cases");
    let desk = Desk::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        desk.write(&name, std::fs::read(&path).unwrap());
        hold_both_ways_where_sops_does(&desk, &name);
    }
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
