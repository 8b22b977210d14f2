//! files/mac-broken: An encrypted file was changed without its key.
//!
//! Its message authentication code does not fit its values, or a value cannot be decrypted: it
//! was edited by hand, cut, or put together of two versions. sops refuses it. Flux does not look
//! at the code, and applies what is left.
//!
//! Take the last whole version from Git and make the change with `flux sops-age edit`. Where the
//! values are known to be right, `flux sops-age rotate -i --ignore-mac FILE` makes the code anew.

use shared::facts::{Gap, Reason};
use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Opened;

pub(super) const NEEDS: &[Need] = &[Need::Sealed, Need::Key];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let mut unknown = Vec::new();
    for (file, sealed) in seen.tree.sealed() {
        match &sealed.opened {
            Opened::Whole => {}
            Opened::NoKey => unknown.push(file.name.as_str()),
            Opened::Broken(why) => {
                found.at(
                    Level::Error,
                    file.object(),
                    file.place(sealed.mac),
                    why.as_str(),
                );
            }
        }
    }
    let told = match unknown.as_slice() {
        [] => return,
        [one] => format!("no key on this machine opens {one}"),
        [one, others @ ..] => format!(
            "no key on this machine opens {one} and {} more",
            others.len()
        ),
    };
    found.skip(Gap::new(Reason::NoKey, told));
}
