//! Encrypted files that stand in base64 in the data of Secrets: Flux decrypts them, and nobody here encrypts them anew.

use shared::age::shown;
use shared::failure::{Exit, Failure, Result};

use super::Scene;
use crate::commands::rotate_key::journal::Goal;

impl Scene {
    /// Says of those that need the key that leaves that they are left to the person, and goes no further once it is to
    /// leave.
    pub(super) fn look_into_coded(&mut self, goal: Goal) -> Result<()> {
        let leaver = &self.leaver().recipient;
        let stays = match self.journal.goal {
            Goal::Old => &self.old.recipient,
            Goal::New | Goal::Both => &self.new.recipient,
        };
        let mut alone = self
            .tree
            .coded()
            .filter(|(_, keys)| keys.contains(leaver) && !keys.contains(stays))
            .map(|(place, _)| {
                format!(
                    "{place} is an encrypted file in base64, for {}",
                    shown(leaver)
                )
            });
        let hint = format!(
            "encrypt what stands there for {} by hand, and put it back in base64",
            shown(stays)
        );
        if goal == Goal::Both {
            let notes: Vec<String> = alone
                .map(|what| {
                    format!("{what}: it is not encrypted anew from here; before --complete, {hint}")
                })
                .collect();
            self.notes.extend(notes);
            return Ok(());
        }
        match alone.next() {
            Some(what) => Err(Failure::new(what)
                .hint(format!("nothing else encrypts it anew: {hint}"))
                .exit(Exit::Failed)),
            None => Ok(()),
        }
    }
}
