//! What sops's reader takes for something else than others do: tabs, escapes, versions, encodings.

use super::{hold_both_ways, hold_both_ways_where_sops_does};
use crate::desk::Desk;
use crate::documents::{comments, values};

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
        "? [a, b]\n: c\n",
        "a:\n  ? {b: c}\n  : d\n",
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
