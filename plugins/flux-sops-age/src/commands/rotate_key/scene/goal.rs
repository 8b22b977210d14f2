//! What a rotation leads to, as far as what was found goes.

use shared::age::{Identity, shown};
use shared::failure::{Failure, Result};

use super::Scene;
use crate::commands::rotate_key::RotateKey;
use crate::commands::rotate_key::identity::Held;
use crate::commands::rotate_key::journal::{Goal, Journal};
use crate::commands::rotate_key::rule::Rule;

/// From one goal only some others can be reached.
pub(super) fn refuse_detour(arguments: &RotateKey, journal: Option<&Journal>) -> Result<()> {
    let back = arguments.command("--abort");
    match (journal.map(|journal| journal.goal), arguments.goal()) {
        (Some(Goal::New), Goal::Both) => {
            Err(Failure::new("the rotation is being completed already")
                .hint(format!("go on: {}", arguments.command("--complete")))
                .hint(format!("or go back: {back}")))
        }
        (Some(Goal::Old), Goal::Both | Goal::New) => {
            Err(Failure::new("the rotation is being undone")
                .hint(format!("end that first: {back}")))
        }
        _ => Ok(()),
    }
}

impl Scene {
    /// The key that leaves the clusters, now or in the end.
    pub(in crate::commands::rotate_key) fn leaver(&self) -> &Held {
        match self.journal.goal {
            Goal::Old => &self.new,
            Goal::New | Goal::Both => &self.old,
        }
    }

    /// Its public key, as people are shown it.
    pub(in crate::commands::rotate_key) fn leaving(&self) -> String {
        shown(&self.leaver().recipient)
    }

    /// Its private key, where only clusters have it: it is to be kept before it leaves them.
    pub(in crate::commands::rotate_key) fn to_be_kept(&self) -> Option<&Identity> {
        let leaver = self.leaver();
        let identity = leaver.identity.as_ref().filter(|_| !leaver.is_new);
        identity.filter(|_| self.key_file.find(&leaver.recipient).is_none())
    }

    /// What a cluster must have reconciled before a key leaves it.
    pub(in crate::commands::rotate_key) fn rule_of_leaving(&self) -> Rule {
        let (old, new) = (self.old.recipient.as_str(), self.new.recipient.as_str());
        match self.journal.goal {
            Goal::Old => Rule::can_do_without(new, old),
            Goal::New => Rule::lacks(old),
            Goal::Both => Rule::can_do_without(old, new),
        }
    }

    /// What a cluster has reconciled that decrypts files for both keys.
    pub(in crate::commands::rotate_key) fn rule_of_both(&self) -> Rule {
        let (old, new) = (&self.old.recipient, &self.new.recipient);
        if self.paths().is_empty() {
            Rule::can_do_without(old, new)
        } else {
            Rule::names(new)
        }
    }

    /// The commit's message.
    pub(in crate::commands::rotate_key) fn message(&self) -> &'static str {
        match self.journal.goal {
            Goal::Old => "Encrypt for the old age key alone again",
            Goal::New | Goal::Both => "Encrypt for the new age key alone",
        }
    }
}
