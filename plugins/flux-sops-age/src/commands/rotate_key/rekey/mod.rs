//! The new text of one encrypted file.

mod groups;
#[cfg(test)]
mod tests;

use shared::age::{self, Keyring};
use shared::failure::Result;
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::recipients::Recipient;
use shared::sops::{Document, Format, Layout, Metadata, data_key};

/// What opens a file, and how it is written.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) format: Format,
    pub(super) layout: &'a Layout,
    pub(super) keyring: &'a Keyring,
}

/// What becomes of a file.
pub(super) enum Rekeyed {
    /// It is as it should be.
    AsItIs,
    /// Its new text, under the data key that it had.
    SameKey(Vec<u8>),
    /// The same, though it should have a new data key: only sops makes one for its other recipients.
    KeptKey(Vec<u8>),
    /// Its new text, under a new data key.
    NewKey(Vec<u8>),
}

fn read(bytes: &[u8], format: Format) -> Result<(Document, Metadata)> {
    let (document, metadata) = Document::read_encrypted(bytes, format)?;
    document.refuse_joined()?;
    Ok((document, metadata))
}

/// For both keys: beside one stands the other. The data key, or a group's share of it, is encrypted once more, and
/// nothing else changes.
pub(super) fn beside(bytes: &[u8], known: &str, new: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (document, mut metadata) = read(bytes, means.format)?;
    let mut groups = metadata.groups.clone();
    if !groups::add(&mut groups, known, new, means.keyring)? {
        return Ok(Rekeyed::AsItIs);
    }
    metadata.set_groups(groups);
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::SameKey)
}

/// Without a key that another one stands in for: under the same data key.
pub(super) fn back(bytes: &[u8], gone: &str, stays: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (document, mut metadata) = read(bytes, means.format)?;
    if !metadata.is_for(gone) {
        return Ok(Rekeyed::AsItIs);
    }
    let mut groups = metadata.groups.clone();
    groups::add(&mut groups, gone, stays, means.keyring)?;
    groups::remove(&mut groups, gone);
    metadata.set_groups(groups);
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::SameKey)
}

/// For the new key alone, under a new data key where all recipients are age's.
pub(super) fn alone(bytes: &[u8], gone: &str, stays: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (mut document, mut metadata) = read(bytes, means.format)?;
    if !metadata.is_for(gone) {
        return Ok(Rekeyed::AsItIs);
    }
    let mut groups = metadata.groups.clone();
    groups::add(&mut groups, gone, stays, means.keyring)?;
    groups::remove(&mut groups, gone);
    let is_ours = |recipient: &Recipient| {
        recipient.kind() == "age" && age::Recipient::parse(recipient.name()).is_ok()
    };
    let all = groups.iter().flat_map(|group| &group.recipients);
    if !all.into_iter().all(is_ours) {
        metadata.set_groups(groups);
        return document
            .write_encrypted(&metadata, means.format, means.layout)
            .map(Rekeyed::KeptKey);
    }
    file::open(&mut document, &metadata, means.keyring, OnMacMismatch::Fail)?;
    let key = DataKey::generate()?;
    metadata.set_groups(data_key::seal(groups, metadata.threshold, &key, None)?);
    file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::NewKey)
}
