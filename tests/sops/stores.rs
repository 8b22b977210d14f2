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
