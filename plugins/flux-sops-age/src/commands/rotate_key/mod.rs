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

mod arguments;
mod emergency;
mod gate;
mod identity;
mod journal;
mod leave;
mod rekey;
mod scene;
mod work;

use std::io::Write;

use shared::failure::{Exit, Failure, Result};
use shared::source;

use crate::cli::Global;
use crate::repository::{Repository, git};
pub(crate) use arguments::RotateKey;
use journal::{Goal, Journal};
use scene::Scene;
use work::Work;

impl RotateKey {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        source::run(self.rotate(global))
    }

    async fn rotate(&self, global: &Global) -> Result<Exit> {
        let repository = Repository::find(global)?;
        let journal = Journal::load(&repository)?;
        let goal = self.goal();
        if let Some(done) = journal.as_ref().filter(|journal| journal.is_done)
            && (goal != Goal::Both && done.goal == goal)
            && self.old.is_none()
        {
            println!("nothing is left to do: the last rotation has ended");
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
            eprintln!("warning: {}", shared::render::clean(note));
        }
        if self.dry_run {
            let _ = work.tell(&scene, &mut out);
            return Ok(Exit::Passed);
        }
        work.carry_out(&mut scene, &mut out).await?;
        let exit = if goal == Goal::Both {
            self.after_first_phase(&work, &scene, &mut out).await?
        } else {
            self.after_second_phase(&work, &mut scene, &mut out).await?
        };
        let _ = out.flush();
        Ok(exit)
    }

    /// Both keys are everywhere: what comes next.
    async fn after_first_phase(
        &self,
        work: &Work,
        scene: &Scene,
        out: &mut impl Write,
    ) -> Result<Exit> {
        scene.prove_both().await?;
        let _ = writeln!(
            out,
            "proven: each of the two keys in the cluster opens every file"
        );
        let _ = commit(work, scene, out, "Encrypt for the old and the new age key");
        let waiting = gate::waiting(self, scene, &scene.rule_of_both()).await?;
        let _ = if waiting.is_empty() {
            writeln!(
                out,
                "\nall Kustomizations have reconciled files for both keys; next:\n  flux sops-age rotate-key --complete"
            )
        } else {
            gate::tell(&waiting, "not seen to decrypt files for both keys yet", out).and_then(
                |()| {
                    writeln!(
                        out,
                        "\nonce they have (run this again to see), the second phase:\n  flux sops-age rotate-key --complete\nor back: flux sops-age rotate-key --abort"
                    )
                },
            )
        };
        Ok(Exit::Passed)
    }

    /// Files are for one key alone: the other one leaves the clusters that do not need it any more.
    async fn after_second_phase(
        &self,
        work: &Work,
        scene: &mut Scene,
        out: &mut impl Write,
    ) -> Result<Exit> {
        let rule = scene.rule_of_leaving();
        let waiting = gate::wait(self, scene, &rule).await?;
        let has_written = work.changes_files();
        if waiting.is_empty() {
            leave::all(scene, out).await?;
            scene.finish()?;
        }
        let _ = commit(work, scene, out, scene.message());
        if !waiting.is_empty() {
            let leaving = scene.leaving();
            let what = format!("needing {leaving}, or not seen to do without it");
            let _ = gate::tell(&waiting, &what, out);
            let _ = writeln!(
                out,
                "\nthe key stays in the cluster until they have reconciled a revision without it; then again:\n  {}",
                self.again()
            );
        }
        if !work.kept.is_empty() {
            let _ = writeln!(
                out,
                "\nfiles that keep their data key, for only sops encrypts a new one for their other recipients:"
            );
            for file in &work.kept {
                let _ = writeln!(out, "  {file}");
            }
            let _ = writeln!(
                out,
                "who had the old key may know their data keys: rotate them with sops rotate -i FILE"
            );
        }
        Ok(
            if !work.kept.is_empty() || (!waiting.is_empty() && !has_written) {
                Exit::Incomplete
            } else {
                Exit::Passed
            },
        )
    }
}

/// What is left to the person.
fn commit(work: &Work, scene: &Scene, out: &mut impl Write, message: &str) -> std::io::Result<()> {
    let mut files = work.files(&scene.repository);
    if files.is_empty() && scene.repository.is_git {
        // A run that was cut short may have written them.
        let mut candidates = scene.paths();
        candidates.push(scene.repository.config_path.clone());
        candidates.retain(|file| {
            git::has_changes(&scene.repository.root, std::slice::from_ref(file)) == Some(true)
        });
        files = candidates
            .iter()
            .map(|file| scene.repository.shown(file))
            .collect();
    }
    match files.len() {
        0 => Ok(()),
        1..=20 => git::advise(out, &files, message),
        _ => git::advise(out, &["--update".to_owned()], message),
    }
}

/// What stands in the way of a rotation.
fn stop(message: impl std::fmt::Display) -> Failure {
    Failure::new(message)
}
