//! How each verb ends where something is wrong.

use super::desk;

#[test]
fn statuses_are_those_of_sops() {
    let desk = desk();
    desk.write("plain.yaml", "a: b\n");
    desk.write("empty.yaml", "");
    desk.write("broken.yaml", "a: [\n");
    desk.write("list.yaml", "- a\n");
    desk.write(
        "forged.enc.yaml",
        desk.read("s.enc.yaml")
            .replace("name: redis", "name: rodis"),
    );
    let sealed = desk.read("s.enc.yaml");
    desk.write(
        "torn.enc.yaml",
        sealed.replacen("ENC[AES256_GCM,data:", "ENC[AES256_GCM,data:AAAA", 1),
    );
    desk.write(
        "version.enc.yaml",
        sealed.replace("version: 3.13.3", "version: \"\""),
    );
    desk.write("macless.enc.yaml", {
        let at = sealed.find("    mac: ").unwrap();
        let end = at + sealed[at..].find('\n').unwrap() + 1;
        format!("{}{}", &sealed[..at], &sealed[end..])
    });
    for arguments in [
        &["decrypt", "s.enc.yaml"][..],
        &["decrypt", "none.yaml"],
        &["decrypt", "plain.yaml"],
        &["decrypt", "broken.yaml"],
        &["decrypt", "forged.enc.yaml"],
        &["decrypt", "--ignore-mac", "forged.enc.yaml"],
        &["decrypt", "torn.enc.yaml"],
        &["decrypt", "version.enc.yaml"],
        &["decrypt", "macless.enc.yaml"],
        &["decrypt", "-i", "--output", "x", "s.enc.yaml"],
        &["decrypt", "--extract", "[\"a", "s.enc.yaml"],
        &["decrypt", "--decryption-order", "age,age", "s.enc.yaml"],
        &["encrypt", "s.enc.yaml"],
        &["encrypt", "plain.yaml"],
        &["encrypt", "none.enc.yaml"],
        &["encrypt", "--age", "age1nonsense", "plain.yaml"],
        &["encrypt", "--config", "nowhere.yaml", "plain.yaml"],
        &["-d", "s.enc.yaml"],
        &["-e", "plain.yaml"],
        &["-d", "none.yaml"],
        &["rotate", "s.enc.yaml"],
        &["rotate", "none.yaml"],
        &["rotate", "--add-age", "age1x", "none.yaml"],
        &["updatekeys", "-y", "s.enc.yaml"],
        &["updatekeys", "-y", "plain.yaml"],
        &["updatekeys"],
        &["filestatus", "s.enc.yaml"],
        &["filestatus", "plain.yaml"],
        &["filestatus"],
    ] {
        // In sops the configuration is a flag of the program, not of the verb.
        let mut theirs = arguments.to_vec();
        if let Some(at) = theirs.iter().position(|word| *word == "--config") {
            let config: Vec<&str> = theirs.drain(at..at + 2).collect();
            theirs.splice(0..0, config);
        }
        let theirs = desk.sops(&theirs);
        let ours = desk.ours(arguments);
        assert_eq!(
            ours.status, theirs.status,
            "{arguments:?}: {} | {}",
            ours.stderr, theirs.stderr
        );
    }
    desk.write("words.yaml", "# no document\n");
    for (file, expected) in [
        ("empty.yaml", 92),
        ("words.yaml", 2),
        ("broken.yaml", 2),
        ("list.yaml", 2),
    ] {
        let arguments = [
            "encrypt",
            "--age",
            &desk.recipient,
            "--filename-override",
            "x.enc.yaml",
            file,
        ];
        assert_eq!(desk.ours(&arguments).status, expected, "{file}");
        assert_eq!(desk.sops(&arguments).status, expected, "{file}");
    }
}
