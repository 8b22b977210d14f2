//! Standard input, with and without a name.

use crate::desk::Desk;

#[test]
fn what_is_piped_in_is_read_as_sops_reads_it() {
    let desk = Desk::new();
    desk.write("p.yaml", "a: hunter2\n");
    let encrypt = ["encrypt", "--age", &desk.recipient];
    let sealed = desk.sops(&[&encrypt[..], &["p.yaml"]].concat()).text();
    let binary = ["--input-type", "binary", "p.yaml"];
    let envelope = desk.sops(&[&encrypt[..], &binary].concat()).text();
    for (text, arguments) in [
        (&sealed, &["--filename-override", "x.yaml"][..]),
        (&sealed, &["--input-type", "yaml", "--output-type", "yaml"]),
        (&sealed, &["--input-type", "yaml", "--output-type", "json"]),
        (&sealed, &["--input-type", "yaml"]),
        (&sealed, &["--extract", "[\"a\"]", "--input-type", "yaml"]),
        (&sealed, &[]),
        (&envelope, &[]),
        (&envelope, &["--filename-override", "x.json"]),
        (&String::new(), &[]),
        (&sealed, &["-i", "--filename-override", "x.yaml"]),
    ] {
        let arguments = [&["decrypt"], arguments].concat();
        let ours = desk.piped(true, &arguments, text);
        let theirs = desk.piped(false, &arguments, text);
        assert_eq!(ours.status, theirs.status, "{arguments:?}: {}", ours.stderr);
        assert_eq!(ours.stdout, theirs.stdout, "{arguments:?}");
    }
    for arguments in [&encrypt[..], &["encrypt", "--filename-override", "x.yaml"]] {
        let ours = desk.piped(true, arguments, "a: b\n");
        let theirs = desk.piped(false, arguments, "a: b\n");
        assert_eq!(ours.status, theirs.status, "{arguments:?}: {}", ours.stderr);
    }
}
