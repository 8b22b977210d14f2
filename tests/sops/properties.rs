//! What must hold for any key and any Secret, on random ones. A failure names its seed.

use std::process::Command;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use tests::parts::part;

use crate::desk::Desk;
use crate::random::seed;

const ROUNDS: usize = 100;

fn word(random: &mut StdRng) -> String {
    let length = random.gen_range(1..20);
    (0..length)
        .map(|_| {
            *b"abcdefghijklmnopqrstuvwxyz0123456789"
                .choose(random)
                .unwrap() as char
        })
        .collect()
}

/// Property 1: a key that is made has the form of one, and its public key is the one that age tells.
#[test]
fn a_new_key_is_valid() {
    let desk = Desk::new();
    for round in 0..ROUNDS {
        let arguments: &[&str] = if round % 10 == 9 {
            &["keygen", "--pq"]
        } else {
            &["keygen"]
        };
        let made = desk.ours(arguments).text();
        let lines: Vec<&str> = made.lines().collect();
        let [created, public, private] = lines.as_slice() else {
            panic!("{} lines", lines.len())
        };
        assert!(created.starts_with("# created: 20"), "{created}");
        let public = public.strip_prefix("# public key: ").unwrap();
        let (prefix, length, own, own_length) = match round % 10 {
            9 => ("age1pq1", 1959, "AGE-SECRET-KEY-PQ-1", 77),
            _ => ("age1", 62, "AGE-SECRET-KEY-1", 74),
        };
        assert!(
            public.starts_with(prefix) && public.len() == length,
            "{} {public}",
            public.len()
        );
        assert!(
            private.starts_with(own) && private.len() == own_length,
            "{}",
            private.len()
        );
        let is_bech32 = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(is_bech32(public));
        assert!(is_bech32(&private.replace('-', "").to_lowercase()));
        desk.write("made", &made);
        let told = Command::new(part("age-keygen"))
            .arg("-y")
            .arg(desk.path("made"))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(told.stdout).unwrap().trim(), public);
    }
}

/// Property 2: a Secret from a template is a valid one, whatever it is called and holds.
#[test]
fn a_secret_from_a_template_is_valid() {
    let desk = Desk::new();
    let rule = format!(
        "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {}\n",
        desk.recipient
    );
    desk.write(".sops.yaml", rule);
    let mut random = StdRng::seed_from_u64(seed());
    for _ in 0..ROUNDS {
        let template = *["postgresql", "redis", "authentik", "cloudflare", "generic"]
            .choose(&mut random)
            .unwrap();
        let (name, namespace, key) = (
            format!("n{}", word(&mut random)),
            format!("n{}", word(&mut random)),
            word(&mut random),
        );
        let text: String = (0..random.gen_range(1..40))
            .map(|_| random.gen_range(' '..'\u{2fff}'))
            .collect();
        desk.write("value", &text);
        let (generated, own) = (format!("{key}-made"), format!("{key}.own=value"));
        let mut arguments = vec![
            "secret",
            template,
            "s",
            "--name",
            &name,
            "-n",
            &namespace,
            "--generate",
            &generated,
            "--from-file",
            &own,
        ];
        if template == "cloudflare" {
            arguments.extend(["--from-file", "api-token=value"]);
        }
        let made = desk.ours(&arguments);
        assert_eq!(made.status, 0, "{arguments:?}: {}", made.stderr);
        let sealed = desk.read("s.enc.yaml");
        assert!(
            text.trim().len() < 4 || !sealed.contains(text.trim()),
            "{text:?} in {sealed}"
        );
        let secret = desk
            .sops(&["decrypt", "--output-type", "json", "s.enc.yaml"])
            .text();
        let secret: Value = serde_json::from_str(&secret).unwrap();
        assert_eq!(secret["apiVersion"], "v1");
        assert_eq!(secret["kind"], "Secret");
        assert_eq!(secret["type"], "Opaque");
        assert_eq!(secret["metadata"]["name"], name.as_str());
        assert_eq!(secret["metadata"]["namespace"], namespace.as_str());
        let data = secret["stringData"].as_object().unwrap();
        assert!(
            data.values()
                .all(|value| value.as_str().is_some_and(|text| !text.is_empty()))
        );
        assert_eq!(data[&format!("{key}.own")], text.as_str());
        assert_eq!(data[&generated].as_str().unwrap().len(), 32);
        std::fs::remove_file(desk.path("s.enc.yaml")).unwrap();
    }
}

/// Property 3: what says which Secret it is stays readable, and no value does; sops reads it all.
#[test]
fn an_encrypted_secret_says_what_it_is() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for _ in 0..ROUNDS {
        let mut head = format!(
            "apiVersion: v1\nkind: Secret # {}\nmetadata:\n  name: {}\n",
            word(&mut random),
            word(&mut random)
        );
        for _ in 0..random.gen_range(0..3) {
            head += &format!("  n{}: \"{}\"\n", word(&mut random), word(&mut random));
        }
        head += "type: Opaque\n";
        let field = *["data", "stringData"].choose(&mut random).unwrap();
        let values: Vec<String> = (0..random.gen_range(1..5))
            .map(|number| format!("value-{number}-{}", word(&mut random)))
            .collect();
        let mut text = format!("{head}{field}:\n");
        for (number, value) in values.iter().enumerate() {
            text += &format!("  key{number}: {value}\n");
        }
        desk.write("s.yaml", &text);
        let sealed = desk
            .ours(&[
                "encrypt",
                "--encrypted-regex",
                "^(data|stringData)$",
                "--age",
                &desk.recipient,
                "s.yaml",
            ])
            .text();
        assert!(
            sealed.starts_with(&format!("{head}{field}:\n")),
            "{text}{sealed}"
        );
        assert!(
            values.iter().all(|value| !sealed.contains(value)),
            "{text}{sealed}"
        );
        desk.write("e.yaml", sealed);
        assert_eq!(desk.ours(&["decrypt", "e.yaml"]).text(), text);
        let read: Value = serde_json::from_str(
            &desk
                .sops(&["decrypt", "--output-type", "json", "e.yaml"])
                .text(),
        )
        .unwrap();
        for (number, value) in values.iter().enumerate() {
            assert_eq!(read[field][format!("key{number}")], value.as_str());
        }
    }
}
