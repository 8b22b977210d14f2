//! `rotate-key`: a new age key for cluster and repository, without one reconciliation that fails.
//!
//! A rotation has a goal: both keys, the new one alone, or (undone) the old one alone. A run compares what is there
//! with the goal and does what differs, so that a run that was cut short is resumed by the next one:
//!
//! ```text
//! journal -> scene (clusters, Secrets, files, rules) -> work (every new text, computed first) -> writes, in order
//! ```
//!
//! The order: the journal, the private key on this machine, the Secrets, the rules, the files; and a key leaves a
//! Secret only when nothing that a cluster has reconciled needs it (gate).

mod after;
mod arguments;
mod emergency;
mod gate;
mod identity;
mod journal;
mod leave;
mod mention;
mod rekey;
mod rule;
mod scene;
mod work;

use std::io::Write;

use shared::failure::{Exit, Result};
use shared::source;

use crate::arguments::Global;
use crate::io;
use crate::repository::Repository;
pub(crate) use arguments::RotateKey;
use journal::{Goal, Journal};
use scene::Scene;
use work::Work;

impl RotateKey {
    pub(crate) fn run(mut self, global: &Global) -> Result<Exit> {
        self.config.clone_from(&global.config);
        source::run(self.rotate())
    }

    async fn rotate(&self) -> Result<Exit> {
        let repository = Repository::find(self.config.as_deref())?;
        let journal = Journal::load(&repository)?;
        let goal = self.goal();
        if let Some(done) = journal.as_ref().filter(|journal| journal.is_done)
            && (goal != Goal::Both && done.goal == goal)
            && self.old.is_none()
        {
            io::print(b"nothing is left to do: the last rotation has ended\n")?;
            return Ok(Exit::Passed);
        }
        let under_way = journal.filter(|journal| !journal.is_done);
        let mut scene = Scene::look(self, goal, repository, under_way).await?;
        let mut out = std::io::stdout();
        if self.emergency {
            let _ = emergency::list(&scene, &mut out);
        }
        let work = Work::of(&scene)?;
        for note in &scene.notes {
            cli::note!("warning: {note}");
        }
        if self.dry_run {
            let _ = work.tell(&scene, &mut out);
            return Ok(Exit::Passed);
        }
        work.carry_out(&mut scene, &mut out).await?;
        let exit = if goal == Goal::Both {
            after::first_phase(self, &work, &scene, &mut out).await?
        } else {
            after::second_phase(self, &work, &mut scene, &mut out).await?
        };
        let _ = out.flush();
        Ok(exit)
    }
}
