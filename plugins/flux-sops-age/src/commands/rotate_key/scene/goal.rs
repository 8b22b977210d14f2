//! What a rotation leads to, as far as what was found goes.

use shared::age::shown;
use shared::failure::{Failure, Result};

use super::Scene;
use crate::commands::rotate_key::journal::{Goal, Journal};
use crate::commands::rotate_key::rule::Rule;

/// From one goal only some others can be reached.
pub(super) fn refuse_detour(journal: Option<&Journal>, goal: Goal) -> Result<()> {
    match (journal.map(|journal| journal.goal), goal) {
        (Some(Goal::New), Goal::Both) => {
            Err(Failure::new("the rotation is being completed already")
                .hint("go on: flux sops-age rotate-key --complete")
                .hint("or go back: flux sops-age rotate-key --abort"))
        }
        (Some(Goal::Old), Goal::Both | Goal::New) => {
            Err(Failure::new("the rotation is being undone")
                .hint("end that first: flux sops-age rotate-key --abort"))
        }
        _ => Ok(()),
    }
}

impl Scene {
    /// The public key that leaves the clusters.
    pub(in crate::commands::rotate_key) fn leaving(&self) -> String {
        shown(match self.journal.goal {
            Goal::Old => &self.new.recipient,
            Goal::New | Goal::Both => &self.old.recipient,
        })
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
