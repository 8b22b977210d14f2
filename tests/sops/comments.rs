//! Comments anywhere: sops finds each where we encrypted it, or could not decrypt it.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use crate::desk::Desk;
use crate::documents::comments;
use crate::random::seed;

const DOCUMENTS: usize = 120;

/// What we encrypt holds the same comments for us and for sops.
#[track_caller]
fn all_come_back(desk: &Desk, text: &str) {
    let opened = none_stays_encrypted(desk, text);
    assert_eq!(
        comments(opened.as_bytes()),
        comments(text.as_bytes()),
        "{text}"
    );
}

/// What we encrypt holds the same comments for us, and none that sops cannot decrypt; returns what sops makes of it.
#[track_caller]
fn none_stays_encrypted(desk: &Desk, text: &str) -> String {
    desk.write("c.yaml", text);
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "c.yaml"])
        .text();
    for line in sealed.lines().filter(|line| !line.contains("ENC[")) {
        assert!(!line.contains('#'), "{line}, of\n{text}");
    }
    desk.write("e.yaml", sealed);
    let ours = desk.ours(&["decrypt", "e.yaml"]).text();
    assert_eq!(
        comments(ours.as_bytes()),
        comments(text.as_bytes()),
        "{text}"
    );
    let opened = desk.sops(&["decrypt", "e.yaml"]).text();
    assert!(!opened.contains("ENC["), "{opened}\nof\n{text}");
    opened
}

#[test]
fn comments_at_the_ends_of_blocks_come_back() {
    let desk = Desk::new();
    for text in [
        // An element that was commented out, where the list ends.
        "a:\n  - k: v\n  # - k: w\n\nb: y\n",
        "a:\n  - k: v\n    l: w\n  # one\n\n  # two\n\nb: y\n",
        "a:\n  b:\n    c: 1\n  # one\n\n  # two\n\nd: 2\n",
        "a:\n  b:\n    c: 1\n   # between\n  d: 2\n",
        "a:\n  b:\n    c:\n   # between\nd: 2\n",
        "l:\n  - uses: x\n    with:\n      k: 0\n    # about the next one\n  - run: y\n",
        "l:\n  - uses: x\n    # with:\n      # one\n      # two\n\n      # three\n\n      # four\n",
        "a:\n  b:\n    # first\n\n  # outdented\n\n    - c\n    - d\n",
        "a:\n  b:\n      # deep\n# left\n    c: 1\n",
        // Two that stand outside the innermost list, at whose end both are told.
        "l:\n- a:\n  b:\n    - c: d\n      e:\n        - f\n\n  # one\n # two\n    # three\n",
    ] {
        all_come_back(&desk, text);
    }
}

#[test]
fn comments_behind_anchors_come_back() {
    let desk = Desk::new();
    for text in [
        "a: &n # about\n  k: v\nb: *n\n",
        "a: &n # about\n  - v\n  - w\n",
        "a: &n # about\n- v\n",
        "a: !!map # about\n  k: v\n",
        "a: !!seq # about\n  - v\n",
        "l:\n  - &n # about\n    k: v\n  - x\n",
        "x-common: &common # shared\n  # below\n  k: v\nb:\n  <<: *common\n",
    ] {
        all_come_back(&desk, text);
    }
}

/// Writes blocks in blocks, with comments at any column.
struct Blocks {
    random: StdRng,
    lines: Vec<String>,
    names: usize,
}

impl Blocks {
    fn comments(&mut self, column: usize) {
        if self.random.gen_bool(0.15) {
            self.lines.push(String::new());
        }
        if !self.random.gen_bool(0.35) {
            return;
        }
        for _ in 0..self.random.gen_range(1..4) {
            if self.random.gen_bool(0.3) {
                self.lines.push(String::new());
            }
            let columns = [
                column,
                column,
                column.saturating_sub(2),
                column + 2,
                0,
                column + 1,
                column.saturating_sub(1),
            ];
            let margin = " ".repeat(*columns.choose(&mut self.random).unwrap());
            self.names += 1;
            self.lines.push(format!("{margin}# comment {}", self.names));
        }
        if self.random.gen_bool(0.4) {
            self.lines.push(String::new());
        }
    }

    fn behind(&mut self) -> &'static str {
        ["", "", "", " # behind"]
            .choose(&mut self.random)
            .copied()
            .unwrap()
    }

    fn map(&mut self, column: usize, depth: usize) {
        for _ in 0..self.random.gen_range(1..4) {
            self.comments(column);
            self.names += 1;
            let head = format!("{}k{}:", " ".repeat(column), self.names);
            self.value(head, column, depth);
        }
    }

    fn value(&mut self, head: String, column: usize, depth: usize) {
        let behind = self.behind();
        match self.random.gen_range(0..if depth < 3 { 4 } else { 2 }) {
            0 => self.lines.push(format!("{head} word{behind}")),
            1 => self.lines.push(format!("{head} \"quoted\"{behind}")),
            2 => {
                self.lines.push(head + behind);
                self.map(column + 2, depth + 1);
            }
            _ => {
                self.lines.push(head + behind);
                let column = column + self.random.gen_range(0..2) * 2;
                for _ in 0..self.random.gen_range(1..4) {
                    self.comments(column);
                    self.element(column, depth + 1);
                }
            }
        }
    }

    fn element(&mut self, column: usize, depth: usize) {
        let dash = format!("{}-", " ".repeat(column));
        let first = self.lines.len();
        if depth < 3 && self.random.gen_bool(0.5) {
            self.names += 1;
            let head = format!("{dash} k{}:", self.names);
            self.value(head, column + 2, depth);
            self.map(column + 2, depth);
        } else {
            let behind = self.behind();
            self.lines.push(format!("{dash} word{behind}"));
        }
        assert!(self.lines[first].starts_with(&dash));
    }
}

#[test]
fn comments_anywhere_come_back() {
    let desk = Desk::new();
    let mut random = StdRng::seed_from_u64(seed());
    for _ in 0..DOCUMENTS {
        let mut blocks = Blocks {
            random: StdRng::from_rng(&mut random).unwrap(),
            lines: Vec::new(),
            names: 0,
        };
        blocks.map(0, 0);
        blocks.comments(2);
        // sops loses some itself when it writes.
        none_stays_encrypted(&desk, &(blocks.lines.join("\n") + "\n"));
    }
}
