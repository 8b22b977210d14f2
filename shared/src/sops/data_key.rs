//! The data key of a file: opened by an identity, and encrypted for each recipient.

use super::cipher::DataKey;
use super::metadata::Metadata;
use super::recipients::{Group, Recipient};
use super::{exit, shamir};
use crate::age::{self, Keyring};
use crate::failure::{Failure, Result};

/// Opens the data key of a file with the identities at hand.
///
/// # Errors
/// When too few groups have a recipient that an identity opens.
pub fn open(metadata: &Metadata, keyring: &Keyring) -> Result<DataKey> {
    let mut shares = Vec::new();
    let mut reasons = Vec::new();
    for group in &metadata.groups {
        match open_group(group, keyring) {
            Ok(share) => shares.push(share),
            Err(why) => reasons.extend(why),
        }
    }
    let wanted = metadata.groups_needed();
    let key = if shares.len() < wanted {
        None
    } else if metadata.groups.len() == 1 {
        DataKey::from_bytes(&shares[0])
    } else {
        shamir::combine(&shares).and_then(|key| DataKey::from_bytes(&key))
    };
    key.ok_or_else(|| {
        let mut failure = Failure::new(match reasons.as_slice() {
            [] => "the data key is malformed".to_owned(),
            reasons => format!("cannot open the data key: {}", reasons.join("; ")),
        })
        .exit(exit::NO_KEY);
        for line in keyring.advice() {
            failure = failure.hint(line);
        }
        failure
    })
}

fn open_group(
    group: &Group,
    keyring: &Keyring,
) -> std::result::Result<zeroize::Zeroizing<Vec<u8>>, Vec<String>> {
    let mut reasons = Vec::new();
    for recipient in &group.recipients {
        match recipient {
            Recipient::Age { recipient, enc } => match keyring.open(recipient, enc) {
                Ok(share) => return Ok(share),
                Err(why) => reasons.push(why),
            },
            Recipient::Other { kind, id, .. } => {
                reasons.push(format!("{kind} {id} is none of age's keys"));
            }
        }
    }
    Err(reasons)
}

/// Encrypts a data key for groups of recipients. Those in `before` that hold the same key or share keep what they
/// have, which is the only way for recipients of other kinds than age's.
///
/// # Errors
/// When a recipient is malformed, or of a kind that we cannot encrypt for.
pub fn seal(
    groups: Vec<Group>,
    threshold: usize,
    key: &DataKey,
    before: Option<&[Group]>,
) -> Result<Vec<Group>> {
    if groups.is_empty() || groups.iter().any(|group| group.recipients.is_empty()) {
        return Err(Failure::new("there is no recipient to encrypt for").exit(exit::GENERIC));
    }
    let whole = groups.len() == 1;
    let shares = if whole {
        vec![zeroize::Zeroizing::new(key.bytes().to_vec())]
    } else {
        let threshold = if threshold == 0 {
            groups.len()
        } else {
            threshold
        };
        shamir::split(key.bytes(), groups.len(), threshold)?
    };
    // New shares fit old ones only where there are none.
    let before = match before {
        Some([group]) if whole => Some(group),
        _ => None,
    };
    groups
        .into_iter()
        .zip(shares)
        .map(|(group, share)| {
            let recipients = group.recipients.into_iter();
            let sealed = recipients.map(|recipient| seal_one(recipient, &share, before));
            Ok(Group {
                recipients: sealed.collect::<Result<_>>()?,
            })
        })
        .collect()
}

fn seal_one(recipient: Recipient, share: &[u8], before: Option<&Group>) -> Result<Recipient> {
    if let Some(known) = before.and_then(|group| group.find(&recipient)) {
        return Ok(known.clone());
    }
    match recipient {
        Recipient::Age { recipient, .. } => {
            let enc = age::Recipient::parse(&recipient)
                .and_then(|key| key.seal(share))
                .map_err(|failure| failure.exit(exit::GENERIC))?;
            Ok(Recipient::Age { recipient, enc })
        }
        Recipient::Other { kind, id, .. } => Err(Failure::new(format!(
            "cannot encrypt for {kind} {id}: only age recipients are made here"
        ))
        .hint("use sops for files with such recipients")
        .exit(exit::GENERIC)),
    }
}
