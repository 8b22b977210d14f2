//! Random YAML in many styles.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use super::{DOCUMENTS, seed};
use crate::desk::Desk;
use crate::documents::values;

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
