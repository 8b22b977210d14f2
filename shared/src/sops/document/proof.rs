//! Reads back what is about to be written: a file that could not be opened again must not take another's place.

use super::Document;
use crate::failure::{Failure, Result};
use crate::sops::format::Format;
use crate::sops::tree::{Item, Value};
use crate::sops::{exit, scalar};

impl Document {
    /// Holds the text of an encrypted file against what it was made of.
    ///
    /// # Errors
    /// When it cannot be read back, or holds other ciphertexts.
    pub(super) fn prove(&self, text: &[u8], format: Format) -> Result<()> {
        let (written, _) =
            Self::read_encrypted(text, format).map_err(|failure| lost(&failure.to_string()))?;
        let is_same = match (self.format, format) {
            (Format::Yaml, Format::Yaml) => holds_same(&leaves(&written), &leaves(self)),
            _ => ciphertexts(&written) == ciphertexts(self),
        };
        if is_same {
            Ok(())
        } else {
            Err(lost("it would hold other values"))
        }
    }
}

impl Document {
    /// Holds the text of a plain file, written in the place of what it was read from, against what it was made of.
    ///
    /// # Errors
    /// When it cannot be read back, or holds other values.
    pub fn prove_plain(&self, text: &[u8], format: Format) -> Result<()> {
        if (self.format, format) != (Format::Yaml, Format::Yaml) {
            return Ok(());
        }
        let written =
            Self::read_plain(text, format).map_err(|failure| lost(&failure.to_string()))?;
        match holds_same(&leaves(&written), &leaves(self)) {
            true => Ok(()),
            false => Err(lost("it would hold other values")),
        }
    }
}

fn lost(why: &str) -> Failure {
    Failure::new(format!(
        "what would be written could not be read again: {why}"
    ))
    .hint("nothing was changed; leave out what is unusual in the file, and report it")
    .exit(exit::DUMP)
}

/// Whether the MAC of both is one: plain values count in it as they are.
fn holds_same(one: &[&Value], other: &[&Value]) -> bool {
    let same = |(one, other): (&&Value, &&Value)| match (one, other) {
        (Value::Str(one), Value::Str(other)) => one == other,
        (one, other) => {
            let text = |value| scalar::encode(value).map(|(_, text)| text);
            text(one) == text(other)
        }
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// All values that count in a MAC, in order.
fn leaves(document: &Document) -> Vec<&Value> {
    fn collect<'a>(items: &'a [Item], all: &mut Vec<&'a Value>) {
        for node in items.iter().filter_map(Item::node) {
            match &node.value {
                Value::Map(items) | Value::List(items) => collect(items, all),
                Value::Null => {}
                value => all.push(value),
            }
        }
    }
    let mut all = Vec::new();
    document
        .roots
        .iter()
        .for_each(|root| collect(root, &mut all));
    all
}

/// All of them in one order, for a format may bring entries into its own.
fn ciphertexts(document: &Document) -> Vec<&str> {
    let mut all = Vec::new();
    document
        .roots
        .iter()
        .for_each(|root| collect(root, &mut all));
    all.sort_unstable();
    all
}

fn collect<'a>(items: &'a [Item], all: &mut Vec<&'a str>) {
    for node in items.iter().filter_map(Item::node) {
        match &node.value {
            Value::Map(items) | Value::List(items) => collect(items, all),
            value => all.extend(value.as_str().filter(|text| text.starts_with("ENC["))),
        }
    }
}
