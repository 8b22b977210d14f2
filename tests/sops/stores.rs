//! One format read, another one written, as in sops.

use crate::desk::Desk;

#[test]
fn a_file_is_written_in_the_format_that_is_asked_for() {
    let desk = Desk::new();
    desk.write("a.yaml", "user: bob\nn: 1\nb: true\nf: 1.5\n");
    desk.write("nested.yaml", "s:\n  user: bob\n  l: x\n");
    for (file, format) in [
        ("a.yaml", "json"),
        ("a.yaml", "dotenv"),
        ("a.yaml", "yaml"),
        ("nested.yaml", "ini"),
        ("nested.yaml", "json"),
    ] {
        let arguments = ["encrypt", "--age", &desk.recipient, file];
        let encrypted = desk.sops(&arguments).text();
        let name = format!("sops.{file}");
        desk.write(&name, encrypted);
        let decrypt = ["decrypt", "--output-type", format, &name];
        assert_eq!(
            desk.ours(&decrypt).text(),
            desk.sops(&decrypt).text(),
            "{file} as {format}"
        );
        // And encrypted in the other format at once.
        let encrypt = [
            "encrypt",
            "--output-type",
            format,
            "--age",
            &desk.recipient,
            file,
        ];
        let (by_sops, by_us) = (desk.sops(&encrypt).text(), desk.ours(&encrypt).text());
        desk.write("theirs", by_sops);
        desk.write("ours", by_us);
        let read = |name| {
            let arguments = [
                "decrypt",
                "--input-type",
                format,
                "--output-type",
                "json",
                name,
            ];
            desk.sops(&arguments).text()
        };
        assert_eq!(read("ours"), read("theirs"), "{file} as {format}");
    }
}

#[test]
fn one_value_is_taken_out_as_sops_does() {
    let desk = Desk::new();
    desk.write(
        "a.yaml",
        "s:\n  user: bob\n  n: 1\n  l: [x, y]\n  t: 2024-01-02\nlast: true\n",
    );
    let encrypted = desk
        .sops(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    desk.write("e.yaml", encrypted);
    for path in [
        "[\"s\"]",
        "[\"s\"][\"user\"]",
        "[\"s\"][\"n\"]",
        "[\"s\"][\"l\"]",
        "[\"s\"][\"l\"][1]",
        "[\"last\"]",
    ] {
        for format in ["yaml", "json"] {
            let arguments = [
                "decrypt",
                "--extract",
                path,
                "--output-type",
                format,
                "e.yaml",
            ];
            assert_eq!(
                desk.ours(&arguments).text(),
                desk.sops(&arguments).text(),
                "{path} as {format}"
            );
        }
    }
    for path in ["[\"s\"][\"none\"]", "[\"s\"", "[\"s\"][\"l\"][7]"] {
        let arguments = ["decrypt", "--extract", path, "e.yaml"];
        assert_eq!(
            desk.ours(&arguments).status,
            desk.sops(&arguments).status,
            "{path}"
        );
    }
}

#[test]
fn numbers_of_json_are_those_of_sops() {
    let desk = Desk::new();
    for number in [
        "-0",
        "0",
        "1.0",
        "1e2",
        "-7",
        "0.1e-6",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "123456789012345678901234567890",
        "1E+21",
    ] {
        desk.write(
            "n.json",
            format!("{{\"a\": {number}, \"b_unencrypted\": [{number}, \"-0, \\\"-0\"]}}"),
        );
        let found = desk.both_ways("n.json", &[]);
        for (text, what) in [
            (&found.sops_of_ours, "sops of ours"),
            (&found.ours_of_sops, "ours of sops"),
            (&found.ours_of_ours, "ours of ours"),
        ] {
            let (text, expected) = (
                String::from_utf8_lossy(text),
                String::from_utf8_lossy(&found.sops_of_sops),
            );
            assert_eq!(text, expected, "{number}: {what}");
        }
    }
}

#[test]
fn a_zero_with_a_sign_keeps_it() {
    let desk = Desk::new();
    desk.write("z.json", "{\"a\": -0.0, \"b_unencrypted\": [-0.0, -0]}");
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "z.json"])
        .text();
    desk.write("e.json", sealed);
    let plain = "{\n\t\"a\": -0.0,\n\t\"b_unencrypted\": [\n\t\t-0.0,\n\t\t0\n\t]\n}\n";
    assert_eq!(desk.ours(&["decrypt", "e.json"]).text(), plain);
    assert_eq!(
        desk.sops(&["decrypt", "e.json"]).text(),
        plain.replace("-0.0", "-0")
    );
}

#[test]
fn comments_of_ini_files_that_start_with_an_empty_line_come_back() {
    let desk = Desk::new();
    desk.write(
        "c.ini",
        "#\n# about us\n[s]\n;\n; about the key\na = 1\n#\nb = 2\n",
    );
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "c.ini"])
        .text();
    desk.write("e.ini", sealed);
    // sops panics on such a file of its own.
    for plain in [
        desk.sops(&["decrypt", "e.ini"]).text(),
        desk.ours(&["decrypt", "e.ini"]).text(),
    ] {
        assert!(plain.contains("# about us\n[s]\n"), "{plain}");
        assert!(plain.contains("; about the key\na"), "{plain}");
    }
}
