//! files/unopenable: No key on this machine opens an encrypted file.
//!
//! Others may hold its key. But nobody here can edit it, or tell whether it is whole; where
//! nobody at all can, its contents are lost.
//!
//! Ask somebody who can open it to add your public key to its rule and to run
//! `flux sops-age updatekeys`.

use shared::age::shown;
use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Opened;

pub(super) const NEEDS: &[Need] = &[Need::Sealed, Need::Key];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let is_closed = |opened: &Opened| matches!(opened, Opened::NoKey);
    // Where no file opens, the keys are at fault: see keys/opens-nothing.
    if seen
        .tree
        .sealed()
        .all(|(_, sealed)| is_closed(&sealed.opened))
        && !seen.laptop.recipients.is_empty()
    {
        return;
    }
    for (file, sealed) in seen
        .tree
        .sealed()
        .filter(|(_, sealed)| is_closed(&sealed.opened))
    {
        let all = sealed.metadata.recipients();
        let names: Vec<String> = all.map(|one| shown(one.name())).collect();
        let text = format!(
            "is opened by no key on this machine; it is encrypted for {}",
            names.join(", ")
        );
        found.at(
            Level::Warning,
            file.object(),
            file.place(sealed.block),
            text,
        );
    }
}
