//! keys/opens-nothing: None of the keys on this machine opens any of the encrypted files.
//!
//! The private keys were found where sops looks for them, and they are not those that the files
//! are encrypted for: of another repository, of an older key, or not yet among the recipients.
//!
//! Put the right key into the key file (`keys.txt`, or what `SOPS_AGE_KEY_FILE` names), or have
//! somebody add this public key to `.sops.yaml` and run `flux sops-age updatekeys`.

use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::super::Need;
use crate::seen::Seen;
use crate::tree::{Opened, Sealed};

pub(super) const NEEDS: &[Need] = &[Need::WholeTree, Need::Sealed, Need::Key];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let files = seen.tree.sealed().count();
    let opens = |sealed: &Sealed| {
        // Of several key groups it takes more than one person.
        let is_of_many = sealed.metadata.groups_needed() > 1;
        let mut own = seen.laptop.recipients.iter();
        !matches!(sealed.opened, Opened::NoKey)
            || is_of_many && own.any(|own| sealed.metadata.is_for(own))
    };
    if seen.tree.sealed().any(|(_, sealed)| opens(sealed)) {
        return;
    }
    for recipient in &seen.laptop.recipients {
        let text = format!("opens none of the encrypted files: {files}");
        found.missing(Level::Warning, ObjectRef::age_key(recipient), text);
    }
}
