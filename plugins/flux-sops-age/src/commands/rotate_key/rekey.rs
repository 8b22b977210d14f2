//! The new text of one encrypted file.

use shared::age::{self, Keyring};
use shared::failure::{Failure, Result};
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::recipients::{Group, Recipient};
use shared::sops::{Document, Format, Layout, data_key};

use super::identity::shown;
use crate::repository::encrypted::{is, names};

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

/// For both keys: beside one stands the other. The data key, or a group's share of it, is encrypted once more, and
/// nothing else changes.
pub(super) fn beside(bytes: &[u8], known: &str, new: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (document, mut metadata) = Document::read_encrypted(bytes, means.format)?;
    let mut groups = metadata.groups.clone();
    if !add(&mut groups, known, new, means.keyring)? {
        return Ok(Rekeyed::AsItIs);
    }
    metadata.set_groups(groups);
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::SameKey)
}

/// Without a key that another one stands in for: under the same data key.
pub(super) fn back(bytes: &[u8], gone: &str, stays: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (document, mut metadata) = Document::read_encrypted(bytes, means.format)?;
    if !names(&metadata, gone) {
        return Ok(Rekeyed::AsItIs);
    }
    let mut groups = metadata.groups.clone();
    add(&mut groups, gone, stays, means.keyring)?;
    remove(&mut groups, gone);
    metadata.set_groups(groups);
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::SameKey)
}

/// For the new key alone, under a new data key where all recipients are age's.
pub(super) fn alone(bytes: &[u8], gone: &str, stays: &str, means: Means<'_>) -> Result<Rekeyed> {
    let (mut document, mut metadata) = Document::read_encrypted(bytes, means.format)?;
    if !names(&metadata, gone) {
        return Ok(Rekeyed::AsItIs);
    }
    let mut groups = metadata.groups.clone();
    add(&mut groups, gone, stays, means.keyring)?;
    remove(&mut groups, gone);
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
    let key = DataKey::generate()
        .map_err(|error| Failure::new(format!("cannot make a data key: {error}")))?;
    metadata.set_groups(data_key::seal(groups, metadata.threshold, &key, None)?);
    file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
    document
        .write_encrypted(&metadata, means.format, means.layout)
        .map(Rekeyed::NewKey)
}

/// Gives a recipient what another one of its group has; tells whether any lacked it.
fn add(groups: &mut [Group], known: &str, new: &str, keyring: &Keyring) -> Result<bool> {
    let mut has_added = false;
    for group in groups {
        let at = group.recipients.iter().position(|one| is(one, known));
        let Some((at, Recipient::Age { .. })) = at.map(|at| (at, &group.recipients[at])) else {
            continue;
        };
        if group.recipients.iter().any(|one| is(one, new)) {
            continue;
        }
        let share = open(group, keyring, known)?;
        let enc = age::Recipient::parse(new)?.seal(&share)?;
        let recipient = Recipient::Age {
            recipient: new.to_owned(),
            enc,
        };
        group.recipients.insert(at + 1, recipient);
        has_added = true;
    }
    Ok(has_added)
}

/// Opens a group's share, by whichever of its recipients can.
fn open(group: &Group, keyring: &Keyring, known: &str) -> Result<zeroize::Zeroizing<Vec<u8>>> {
    let first = group.recipients.iter().filter(|one| is(one, known));
    let rest = group.recipients.iter().filter(|one| !is(one, known));
    let mut why = format!("no identity opens {}", shown(known));
    for recipient in first.chain(rest) {
        if let Recipient::Age { recipient, enc } = recipient {
            match keyring.open(recipient, enc) {
                Ok(share) => return Ok(share),
                Err(error) => why = error,
            }
        }
    }
    Err(Failure::new(format!("cannot open the data key: {why}")))
}

fn remove(groups: &mut [Group], gone: &str) {
    for group in groups {
        group.recipients.retain(|one| !is(one, gone));
    }
}

#[cfg(test)]
mod tests {
    use shared::age::Identity;
    use shared::sops::Metadata;
    use shared::sops::mac::Covers;
    use shared::sops::scope::Rule;
    use shared::sops::tree::Value;

    use super::*;

    fn group(names: &[String]) -> Group {
        let recipients = names.iter().map(|name| Recipient::Age {
            recipient: name.clone(),
            enc: String::new(),
        });
        Group {
            recipients: recipients.collect(),
        }
    }

    fn file(groups: Vec<Group>, threshold: usize) -> Vec<u8> {
        let key = DataKey::generate().unwrap();
        let groups = data_key::seal(groups, threshold, &key, None).unwrap();
        let rule = Rule::EncryptedRegex("^data$".to_owned());
        let mut metadata = Metadata::create(groups, threshold, rule, Covers::Everything);
        let root = Value::map([("data", Value::text("hunter2"))]);
        let mut document = Document::of(vec![root.items().unwrap().to_vec()]);
        file::seal(&mut document, &mut metadata, &key, &Nonces::default()).unwrap();
        document
            .write_encrypted(&metadata, Format::Yaml, &Layout::default())
            .unwrap()
    }

    fn opens(bytes: &[u8], identities: &[&Identity]) -> bool {
        let keyring = Keyring::of(identities.iter().map(|one| (*one).clone()));
        let (mut document, metadata) = Document::read_encrypted(bytes, Format::Yaml).unwrap();
        file::open(&mut document, &metadata, &keyring, OnMacMismatch::Fail).is_ok()
    }

    fn means(keyring: &Keyring) -> Means<'_> {
        const LAYOUT: &Layout = &Layout {
            yaml: 4,
            json: shared::sops::json::Indent::Tab,
            binary: shared::sops::json::Indent::Tab,
        };
        Means {
            format: Format::Yaml,
            layout: LAYOUT,
            keyring,
        }
    }

    fn text(rekeyed: Rekeyed) -> Vec<u8> {
        match rekeyed {
            Rekeyed::AsItIs => panic!("nothing was done"),
            Rekeyed::SameKey(text) | Rekeyed::KeptKey(text) | Rekeyed::NewKey(text) => text,
        }
    }

    #[test]
    fn a_file_goes_from_one_key_to_both_to_the_other_and_back() {
        let [old, new, me] = [(); 3].map(|()| Identity::generate());
        let (o, n) = (old.recipient(), new.recipient());
        let keyring = Keyring::of([old.clone(), new.clone()]);
        let first = file(vec![group(&[me.recipient(), o.clone()])], 0);
        let both = text(beside(&first, &o, &n, means(&keyring)).unwrap());
        for one in [&old, &new, &me] {
            assert!(opens(&both, &[one]));
        }
        let again = beside(&both, &o, &n, means(&keyring)).unwrap();
        assert!(matches!(again, Rekeyed::AsItIs));
        let alone = alone(&both, &o, &n, means(&keyring)).unwrap();
        assert!(matches!(&alone, Rekeyed::NewKey(_)));
        let alone = text(alone);
        assert!(opens(&alone, &[&new]) && opens(&alone, &[&me]) && !opens(&alone, &[&old]));
        let undone = text(back(&alone, &n, &o, means(&keyring)).unwrap());
        assert!(opens(&undone, &[&old]) && !opens(&undone, &[&new]));
    }

    #[test]
    fn a_share_of_a_key_group_is_given_on_as_it_is() {
        let [old, new, me] = [(); 3].map(|()| Identity::generate());
        let (o, n) = (old.recipient(), new.recipient());
        let first = file(
            vec![group(std::slice::from_ref(&o)), group(&[me.recipient()])],
            2,
        );
        let keyring = Keyring::of([old.clone()]);
        let both = text(beside(&first, &o, &n, means(&keyring)).unwrap());
        assert!(
            opens(&both, &[&new, &me])
                && opens(&both, &[&old, &me])
                && !opens(&both, &[&new, &old])
        );
    }
}
