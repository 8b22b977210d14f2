//! Random documents, a hundred and more of each format, both ways. A failure names its seed.

mod yaml;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use crate::desk::{BothWays, Desk};

const DOCUMENTS: usize = 120;

/// The seed: another one for each test and run, the same one where `SOPS_SEED` names it.
pub(crate) fn seed() -> u64 {
    let seed = match std::env::var("SOPS_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random(),
    };
    println!("SOPS_SEED={seed}");
    seed
}

/// Random text with what formats stumble over.
fn word(random: &mut StdRng) -> String {
    let parts = [
        "a", "B7", " ", "=", "#", ";", "\"", "'", "\\", "é", "🔑", ":", "[", "]", "%", "$", "`",
        "<&>",
    ];
    let count = random.gen_range(1..6);
    (0..count).map(|_| *parts.choose(random).unwrap()).collect()
}

fn json(random: &mut StdRng, depth: usize) -> serde_json::Value {
    use serde_json::{Value, json};
    match random.gen_range(0..if depth > 3 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => json!(random.gen_bool(0.5)),
        2 => json!(random.gen_range(-1_000_000_000_000_i64..i64::MAX)),
        3 => json!(f64::from_bits(random.gen_range(0x3f00 << 48..0x4300 << 48))),
        4 | 5 => json!(word(random) + "\n\u{1}<"),
        6 => (0..random.gen_range(0..4))
            .map(|_| json(random, depth + 1))
            .collect(),
        _ => json_map(random, depth),
    }
}

fn json_map(random: &mut StdRng, depth: usize) -> serde_json::Value {
    let names = (0..random.gen_range(0..5)).map(|number| format!("{}{number}", word(random)));
    let names: Vec<String> = names.collect();
    let entries = names
        .into_iter()
        .map(|name| (name, json(random, depth + 1)));
    serde_json::Value::Object(entries.collect())
}

/// Whoever encrypted and whoever decrypted, the plain text is the same.
#[track_caller]
fn agree(found: &BothWays, about: &str) {
    for (what, other) in [
        ("sops of ours", &found.sops_of_ours),
        ("ours of sops", &found.ours_of_sops),
        ("ours of ours", &found.ours_of_ours),
    ] {
        assert!(
            *other == found.sops_of_sops,
            "{what} is not sops of sops, {about}\n{}\n{}",
            String::from_utf8_lossy(other),
            String::from_utf8_lossy(&found.sops_of_sops)
        );
    }
}

#[test]
fn json_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for number in 0..DOCUMENTS {
        let text = json_map(&mut random, 0).to_string();
        desk.write("r.json", &text);
        let found = desk.both_ways("r.json", &[]);
        agree(&found, &format!("document {number}: {text}"));
    }
}

#[test]
fn dotenv_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for number in 0..DOCUMENTS {
        let mut text = String::new();
        for line in 0..random.gen_range(1..6) {
            text += &match random.gen_range(0..5) {
                0 => format!("# {}\n", word(&mut random)),
                1 => "\n".to_owned(),
                2 => format!("export K{line}=\n"),
                _ => format!("K{line}={}\\n{}\n", word(&mut random), word(&mut random)),
            };
        }
        text += "LAST=x";
        desk.write("r.env", &text);
        let found = desk.both_ways("r.env", &[]);
        agree(&found, &format!("document {number}:\n{text}"));
    }
}

#[test]
fn ini_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for number in 0..DOCUMENTS {
        let mut text = String::new();
        for section in 0..random.gen_range(1..4) {
            if random.gen_bool(0.3) {
                text += "; about the section\n";
            }
            text += &format!("[s{section}]\n");
            for key in 0..random.gen_range(0..4) {
                if random.gen_bool(0.3) {
                    text += "# about the key\n";
                }
                let value = [
                    "plain",
                    "\"in quotes\"",
                    "`a # b`",
                    "1",
                    "",
                    "a = b",
                    "x ; inline",
                ];
                text += &format!("key{key} = {}\n", value.choose(&mut random).unwrap());
            }
        }
        desk.write("r.ini", &text);
        let found = desk.both_ways("r.ini", &[]);
        agree(&found, &format!("document {number}:\n{text}"));
    }
}

#[test]
fn binary_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for number in 0..DOCUMENTS {
        let length = random.gen_range(1..300);
        let bytes: Vec<u8> = (0..length).map(|_| random.r#gen()).collect();
        desk.write("r.bin", &bytes);
        let found = desk.both_ways("r.bin", &[]);
        assert_eq!(found.sops_of_ours, bytes, "document {number}");
        assert_eq!(found.ours_of_sops, bytes, "document {number}");
        assert_eq!(found.ours_of_ours, bytes, "document {number}");
    }
}
