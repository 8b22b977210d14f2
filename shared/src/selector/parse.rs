//! Reads a selector, as apimachinery's `labels.Parse` does.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::tokens::Tokens;
use super::{LabelSelector, Requirement, Test};

impl FromStr for LabelSelector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut tokens = Tokens::of(text);
        let mut all = Vec::new();
        if tokens.is_at_end() {
            return Ok(Self(all));
        }
        loop {
            all.push(requirement(&mut tokens)?);
            if tokens.is_at_end() {
                return Ok(Self(all));
            }
            tokens.expect(",")?;
        }
    }
}

fn requirement(tokens: &mut Tokens<'_>) -> Result<Requirement, String> {
    let is_absent = tokens.take("!");
    let key = key(tokens.word())?;
    let test = if is_absent {
        Test::DoesNotExist
    } else if tokens.is_at_end() || tokens.is_at(",") {
        Test::Exists
    } else if tokens.take("notin") {
        Test::NotIn(values(tokens)?)
    } else if tokens.take("in") {
        Test::In(values(tokens)?)
    } else if tokens.take("!=") {
        Test::NotIn(BTreeSet::from([value(tokens.word())?]))
    } else if tokens.take("==") || tokens.take("=") {
        Test::In(BTreeSet::from([value(tokens.word())?]))
    } else if tokens.take(">") {
        Test::Above(number(tokens.word())?)
    } else {
        tokens.expect("<")?;
        Test::Below(number(tokens.word())?)
    };
    Ok(Requirement { key, test })
}

fn values(tokens: &mut Tokens<'_>) -> Result<BTreeSet<String>, String> {
    if !tokens.take("(") {
        return Err(format!("values stand in parentheses: {}", tokens.word()));
    }
    if tokens.is_at(")") {
        return Err("no values stand in the parentheses".to_owned());
    }
    let mut all = BTreeSet::new();
    loop {
        all.insert(value(tokens.word())?);
        if tokens.take(")") {
            return Ok(all);
        }
        tokens.expect(",")?;
    }
}

fn key(text: &str) -> Result<String, String> {
    let (prefix, name) = text.split_once('/').unwrap_or(("x", text));
    if text.is_empty() {
        Err("a label's name is missing".to_owned())
    } else if name.is_empty() || !is_domain(prefix) || !is_part(name) {
        Err(format!("not a label's name: {text}"))
    } else {
        Ok(text.to_owned())
    }
}

fn value(text: &str) -> Result<String, String> {
    if is_part(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("not a label's value: {text}"))
    }
}

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("not a number: {text}"))
}

/// Letters and digits at both ends, and `-`, `_` and `.` between.
fn is_part(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_end = |c: Option<char>| c.is_none_or(|c| c.is_ascii_alphanumeric());
    text.len() <= 63
        && text.chars().all(is_inner)
        && is_end(text.chars().next())
        && is_end(text.chars().last())
}

/// Small letters, digits and `-`, letters and digits at both ends of what dots part.
fn is_domain(text: &str) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_label = |label: &str| {
        label.starts_with(is_small)
            && label.ends_with(is_small)
            && label.chars().all(|c| is_small(c) || c == '-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}
