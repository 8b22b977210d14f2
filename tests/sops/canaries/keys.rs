//! Private keys that are malformed, or stand where public ones belong.

use super::desk;
use crate::desk::Outcome;

#[test]
fn no_message_shows_a_private_key() {
    let desk = desk();
    desk.write("e.yaml", "a: b\n");
    let sealed = desk.sops(&["encrypt", "e.yaml"]).text();
    let key = desk.read("key.txt").lines().last().unwrap().to_owned();
    // A part of it is as good as found.
    let body = &key[20..40];
    let look = |what: &str, outcome: Outcome| {
        let all = format!(
            "{}{}",
            outcome.stderr,
            String::from_utf8_lossy(&outcome.stdout)
        );
        assert!(
            !all.to_lowercase().contains(&body.to_lowercase()),
            "{what}: {all}"
        );
    };
    for broken in [
        format!(" {key}"),
        format!("{} {}", &key[..30], &key[30..]),
        key[..key.len() - 1].to_owned(),
        key.to_lowercase(),
        format!("{key}{key}"),
        format!("key: {key}"),
        format!("\"{key}\""),
        key.replace("KEY-1", "KEY-PQ-1"),
        key.replace("AGE-SECRET-KEY", "AGE-SECRETKEY"),
    ] {
        desk.write("e.yaml", &sealed);
        desk.write("broken.txt", format!("# a key\n{broken}\n"));
        let with = |name: &str, value: &str| {
            let mut command = desk.program(true);
            command.env_remove("SOPS_AGE_KEY_FILE").env(name, value);
            Outcome::from(command.args(["-v", "decrypt", "e.yaml"]).output().unwrap())
        };
        look(&broken, with("SOPS_AGE_KEY_FILE", "broken.txt"));
        look(&broken, with("SOPS_AGE_KEY", &broken));
        look(&broken, with("SOPS_AGE_KEY_CMD", "cat broken.txt"));
        look(
            &broken,
            with("SOPS_AGE_KEY_CMD", &format!("'echo {broken}")),
        );
        look(&broken, with("SOPS_AGE_SSH_PRIVATE_KEY_FILE", "broken.txt"));
        look(&broken, desk.ours(&["keygen", "-y", "broken.txt"]));
        // A private key where a public one belongs.
        desk.write("e.yaml", "a: b\n");
        look(&broken, desk.ours(&["encrypt", "--age", &broken, "e.yaml"]));
        look(
            &broken,
            desk.ours(&["rotate", "--add-age", &broken, "e.yaml"]),
        );
        desk.write(
            "rule.yaml",
            format!("creation_rules:\n  - age: '{broken}'\n"),
        );
        look(
            &broken,
            desk.ours(&["--config", "rule.yaml", "encrypt", "e.yaml"]),
        );
        look(
            &broken,
            desk.ours(&["--config", "rule.yaml", "updatekeys", "-y", "e.yaml"]),
        );
    }
}
