//! The recipients of a file: one more that has what another has, and one that goes.

use shared::age::{self, Keyring, shown};
use shared::failure::{Failure, Result};
use shared::sops::recipients::{Group, Recipient};
use zeroize::Zeroizing;

/// Gives a recipient what another one of its group has; tells whether any lacked it.
pub(super) fn add(groups: &mut [Group], known: &str, new: &str, keyring: &Keyring) -> Result<bool> {
    let mut has_added = false;
    for group in groups {
        let at = group.recipients.iter().position(|one| one.is_age(known));
        let Some((at, Recipient::Age { .. })) = at.map(|at| (at, &group.recipients[at])) else {
            continue;
        };
        if group.recipients.iter().any(|one| one.is_age(new)) {
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
fn open(group: &Group, keyring: &Keyring, known: &str) -> Result<Zeroizing<Vec<u8>>> {
    let first = group.recipients.iter().filter(|one| one.is_age(known));
    let rest = group.recipients.iter().filter(|one| !one.is_age(known));
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

/// Takes a recipient out of all groups.
pub(super) fn remove(groups: &mut [Group], gone: &str) {
    for group in groups {
        group.recipients.retain(|one| !one.is_age(gone));
    }
}
