//! Reads back what is about to be written: a file that could not be opened again must not take another's place.

use super::Document;
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::format::Format;
use crate::sops::tree::{Item, Value};

impl Document {
    /// Holds the text of an encrypted file against what it was made of.
    ///
    /// # Errors
    /// When it cannot be read back, or holds other ciphertexts.
    pub(super) fn prove(&self, text: &[u8], format: Format) -> Result<()> {
        let lost = |why: &str| {
            Failure::new(format!(
                "what would be written could not be read again: {why}"
            ))
            .hint("nothing was changed; leave out what is unusual in the file, and report it")
            .exit(exit::DUMP)
        };
        let (written, _) =
            Self::read_encrypted(text, format).map_err(|failure| lost(&failure.to_string()))?;
        if ciphertexts(&written) == ciphertexts(self) {
            Ok(())
        } else {
            Err(lost("it would hold other values"))
        }
    }
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
