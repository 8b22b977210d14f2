//! Random documents, a hundred and more of each format, both ways. A failure names its seed.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use crate::desk::Desk;
use crate::documents::values;

const DOCUMENTS: usize = 120;

/// The seed: another one for each day of work, the same one where `SOPS_SEED` names it.
fn seed() -> u64 {
    let seed = match std::env::var("SOPS_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random(),
    };
    println!("SOPS_SEED={seed}");
    seed
}

/// Writes random YAML in many styles.
struct Yaml {
    random: StdRng,
    lines: Vec<String>,
}

const NAMES: [&str; 10] = [
    "alpha",
    "beta",
    "data",
    "stringData",
    "\"x y\"",
    "\"a:b\"",
    "naïve",
    "a_unencrypted",
    "zip",
    "'1'",
];
const SCALARS: [&str; 24] = [
    "word",
    "\"in quotes\"",
    "'it''s'",
    "42",
    "0o17",
    "1.5",
    "true",
    "null",
    "~",
    "\"\"",
    "2024-01-02",
    "\"2024-01-02\"",
    "1e3",
    "\"a\\nb\\n\"",
    "\"tab\\t\"",
    "plain with spaces",
    "http://x.y/z?a=b",
    "yes",
    "0644",
    "-7",
    ".5",
    "\"#no\"",
    "!!str 12",
    "[a, {b: \"c\"}, 1]",
];

impl Yaml {
    fn document(random: &mut StdRng) -> String {
        let mut yaml = Yaml {
            random: StdRng::from_rng(random).unwrap(),
            lines: Vec::new(),
        };
        for number in 0..yaml.random.gen_range(1..=2) {
            if number > 0 {
                yaml.lines.push("---".to_owned());
            }
            yaml.map(0, 0);
        }
        yaml.lines.join("\n") + "\n"
    }

    fn map(&mut self, column: usize, depth: usize) {
        let count = self.random.gen_range(1..5);
        let names: Vec<&str> = NAMES
            .choose_multiple(&mut self.random, count)
            .copied()
            .collect();
        for name in names {
            self.comment(column);
            self.value(
                format!("{}{name}:", " ".repeat(column)),
                column,
                depth,
                false,
            );
        }
    }

    fn list(&mut self, column: usize, depth: usize) {
        for _ in 0..self.random.gen_range(1..4) {
            self.comment(column);
            self.value(format!("{}-", " ".repeat(column)), column, depth, true);
        }
    }

    fn comment(&mut self, column: usize) {
        if self.random.gen_bool(0.15) {
            let number = self.random.gen_range(0..1000);
            self.lines
                .push(format!("{}# about {number}", " ".repeat(column)));
        }
    }

    fn value(&mut self, head: String, column: usize, depth: usize, in_list: bool) {
        match self.random.gen_range(0..10) {
            0..=4 => self.scalar(head),
            5 => self.block(head, column),
            _ if depth > 3 => self.scalar(head),
            6..=7 if !in_list => {
                self.lines.push(head);
                let column = column + self.random.gen_range(0..2) * 2;
                self.list(column, depth + 1);
            }
            _ => {
                let first = self.lines.len();
                self.map(column + 2, depth + 1);
                if in_list && !self.lines[first].trim_start().starts_with('#') {
                    let entry = self.lines[first].trim_start().to_owned();
                    self.lines[first] = format!("{head} {entry}");
                } else {
                    self.lines.insert(first, head);
                }
            }
        }
    }

    fn scalar(&mut self, head: String) {
        let scalar = SCALARS.choose(&mut self.random).unwrap();
        let comment = if self.random.gen_bool(0.1) {
            " # inline"
        } else {
            ""
        };
        self.lines.push(format!("{head} {scalar}{comment}"));
    }

    fn block(&mut self, head: String, column: usize) {
        let style = ["|", "|-", ">", ">-", "|+"]
            .choose(&mut self.random)
            .unwrap();
        self.lines.push(format!("{head} {style}"));
        let margin = " ".repeat(column + 2);
        self.lines.push(format!("{margin}first"));
        for _ in 0..self.random.gen_range(0..3) {
            let line = ["  deeper", "k: v # no", "last"]
                .choose(&mut self.random)
                .unwrap();
            self.lines.push(format!("{margin}{line}"));
        }
    }
}

#[test]
fn yaml_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    let rules: [&[&str]; 5] = [
        &[],
        &["--encrypted-regex", "^(data|stringData)$"],
        &["--unencrypted-regex", "^al"],
        &["--encrypted-suffix", "ta"],
        &["--unencrypted-suffix", "p"],
    ];
    for number in 0..DOCUMENTS {
        let text = Yaml::document(&mut random);
        desk.write("r.yaml", &text);
        let found = desk.both_ways("r.yaml", rules[number % rules.len()]);
        let expected = values(&found.sops_of_sops);
        assert_eq!(
            values(&found.sops_of_ours),
            expected,
            "document {number}:\n{text}"
        );
        assert_eq!(
            values(&found.ours_of_sops),
            expected,
            "document {number}:\n{text}"
        );
        assert_eq!(
            values(&found.ours_of_ours),
            expected,
            "document {number}:\n{text}"
        );
    }
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

#[test]
fn json_documents_hold_both_ways() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for number in 0..DOCUMENTS {
        let text = json_map(&mut random, 0).to_string();
        desk.write("r.json", &text);
        let found = desk.both_ways("r.json", &[]);
        for (what, other) in [
            ("sops of ours", found.sops_of_ours),
            ("ours of sops", found.ours_of_sops),
            ("ours of ours", found.ours_of_ours),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&other),
                String::from_utf8_lossy(&found.sops_of_sops),
                "{what}, document {number}: {text}"
            );
        }
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
        assert_eq!(
            found.sops_of_ours, found.sops_of_sops,
            "document {number}:\n{text}"
        );
        assert_eq!(
            found.ours_of_sops, found.sops_of_sops,
            "document {number}:\n{text}"
        );
        assert_eq!(
            found.ours_of_ours, found.sops_of_sops,
            "document {number}:\n{text}"
        );
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
        assert_eq!(
            found.sops_of_ours, found.sops_of_sops,
            "document {number}:\n{text}"
        );
        assert_eq!(
            found.ours_of_sops, found.sops_of_sops,
            "document {number}:\n{text}"
        );
        assert_eq!(
            found.ours_of_ours, found.sops_of_sops,
            "document {number}:\n{text}"
        );
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
