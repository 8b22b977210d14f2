//! A file with the marks of an encrypted one that sops does not read: whether it is one, or text about such files.

use shared::failure::Failure;
use shared::sops::{Document, Format};

use super::form::Form;
use super::lines;
use super::manifest::Manifests;

/// What a file is that sops does not read; none where it is not encrypted.
pub(super) fn read(bytes: &[u8], format: Format, why: &Failure) -> Option<(Form, Manifests)> {
    // Text about encrypted files, such as a manual, has no name that tells a format.
    if format == Format::Binary {
        return None;
    }
    let Ok(document) = Document::read_plain(bytes, format) else {
        return lines::of_block(bytes)
            .0
            .map(|_| (malformed(bytes, why), Manifests::default()));
    };
    if document.has_block() {
        return Some((malformed(bytes, why), Manifests::default()));
    }
    document.has_block_anywhere().then(|| {
        let why = Failure::new("its first document is not encrypted, and another one is");
        (joined(bytes, &why), Manifests::of(&document))
    })
}

fn malformed(bytes: &[u8], why: &Failure) -> Form {
    let (line, _) = lines::of_block(bytes);
    let why = why.to_string();
    Form::Malformed { why, line }
}

/// Documents that were not encrypted as one file.
pub(super) fn joined(bytes: &[u8], why: &Failure) -> Form {
    let (line, _) = lines::of_block(bytes);
    let why = why.to_string();
    Form::Joined { why, line }
}
