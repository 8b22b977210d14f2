//! What follows when all is written: the proof, the commit, and the key that leaves.

use std::io::Write;

use shared::failure::{Exit, Result};

use super::scene::Scene;
use super::work::Work;
use super::{RotateKey, gate, leave};
use crate::repository::{advice, git};

/// Both keys are everywhere: what comes next.
pub(super) async fn first_phase(
    arguments: &RotateKey,
    work: &Work,
    scene: &Scene,
    out: &mut impl Write,
) -> Result<Exit> {
    scene.prove_both(arguments).await?;
    let _ = writeln!(
        out,
        "proven: each of the two keys in the cluster opens every file"
    );
    let _ = commit(work, scene, out, "Encrypt for the old and the new age key");
    let waiting = gate::waiting(arguments, scene, &scene.rule_of_both(), out).await?;
    let complete = arguments.command("--complete");
    if waiting.is_empty() {
        let _ = writeln!(
            out,
            "\nall Kustomizations have reconciled files for both keys; next:\n  {complete}"
        );
        return Ok(Exit::Passed);
    }
    let _ = gate::tell(
        &waiting,
        "not yet reconciled with files that are encrypted for both keys",
        out,
    );
    let _ = writeln!(
        out,
        "\nonce they have (run this again to see), the second phase:\n  {complete}\nor back: {}",
        arguments.command("--abort")
    );
    Ok(if arguments.wait {
        Exit::Incomplete
    } else {
        Exit::Passed
    })
}

/// Files are for one key alone: the other one leaves the clusters that do not need it any more.
pub(super) async fn second_phase(
    arguments: &RotateKey,
    work: &Work,
    scene: &mut Scene,
    out: &mut impl Write,
) -> Result<Exit> {
    // Before anybody is waited for: what waits for a push would wait for ever.
    let _ = commit(work, scene, out, scene.message());
    let waiting = gate::waiting(arguments, scene, &scene.rule_of_leaving(), out).await?;
    if waiting.is_empty() {
        leave::all(scene, out).await?;
        scene.finish()?;
    } else {
        let leaving = scene.leaving();
        let what = format!("that still need {leaving}, or have not shown that they do without it");
        let _ = gate::tell(&waiting, &what, out);
        let _ = writeln!(
            out,
            "\nthe key stays in the cluster until they have reconciled a revision without it; then again:\n  {}",
            arguments.again()
        );
    }
    if !work.kept.is_empty() {
        let _ = tell_kept(work, out);
    }
    let is_next = work.changes_files() && !arguments.wait;
    Ok(if work.kept.is_empty() && (waiting.is_empty() || is_next) {
        Exit::Passed
    } else {
        Exit::Incomplete
    })
}

fn tell_kept(work: &Work, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "\nfiles that keep their data key, for only sops encrypts a new one for their other recipients:"
    )?;
    for file in &work.kept {
        writeln!(out, "  {file}")?;
    }
    writeln!(
        out,
        "who had the old key may know their data keys: rotate them with sops rotate -i FILE"
    )
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
    if files.is_empty() {
        return Ok(());
    }
    advice::commit(out, &files, message)?;
    out.flush()
}
