//! Private keys that are none.

use super::{desk, refused};

#[test]
fn malformed_keys_are_named_by_file_and_line() {
    let desk = desk();
    let key = desk.read("key.txt").lines().last().unwrap().to_owned();
    for (broken, why) in [
        (format!(" {key}"), "a private key does not start its line"),
        (
            format!("{} {}", &key[..30], &key[30..]),
            "a private key is malformed",
        ),
        (
            key[..key.len() - 4].to_owned(),
            "a private key is malformed",
        ),
        (
            desk.recipient.clone(),
            "a public key stands where a private key belongs",
        ),
        (
            key.replace("KEY-1", "KEY-PQ-1"),
            "a post-quantum private key is malformed",
        ),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----".to_owned(),
            "an ssh key stands among age keys",
        ),
        ("nonsense".to_owned(), "a line is no identity"),
    ] {
        desk.write("key.txt", format!("# made by hand\n\n{broken}\n"));
        let line = format!("line 3: {why}");
        refused(
            &desk,
            "s.enc.yaml",
            &["decrypt", "s.enc.yaml"],
            128,
            &["s.enc.yaml", "key.txt", &line],
        );
        refused(
            &desk,
            "s.enc.yaml",
            &["rotate", "-i", "s.enc.yaml"],
            128,
            &["key.txt", &line],
        );
    }
    // Line ends of Windows, and an identity of a plugin beside the one that opens the file, do no harm.
    for text in [
        format!("# made on Windows\r\n{key}\r\n"),
        format!("AGE-PLUGIN-YUBIKEY-1QQQQQQ\n{key}\n"),
    ] {
        desk.write("key.txt", text);
        assert_eq!(desk.ours(&["decrypt", "s.enc.yaml"]).status, 0);
    }
    desk.write("key.txt", "# a key\nAGE-PLUGIN-YUBIKEY-1QQQQQQ\n");
    let words = ["key.txt", "line 2", "plugins are not supported"];
    refused(&desk, "s.enc.yaml", &["decrypt", "s.enc.yaml"], 128, &words);
    refused(&desk, "s.enc.yaml", &["keygen", "-y", "key.txt"], 1, &words);
}
