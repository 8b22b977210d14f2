//! Whether the clusters have reconciled revisions that can do without a key.
//!
//! A Kustomization says which revision it applied last; the clone says what that commit holds. What cannot be told
//! counts as needing the key.

mod applied;

use std::collections::HashMap;
use std::io::Write;
use std::time::{Duration, Instant};

use shared::decryption::User;
use shared::facts::kinds::flux_source::SourceSpec;
use shared::failure::{Exit, Result};

use super::RotateKey;
use super::rule::Rule;
use super::scene::Scene;
use crate::cluster;
use crate::repository::git::Submodules;
use crate::shell::quoted;

/// How long nobody is asked where somebody is waited for.
const PAUSE: Duration = Duration::from_secs(3);

/// A Kustomization that is waited for.
pub(super) struct Waiting {
    who: String,
    why: String,
    /// The command by which a suspended one goes on: by itself it never does.
    resume: Option<String>,
}

/// Commits that were looked into, with what they have against the rule.
struct Commits<'a> {
    arguments: &'a RotateKey,
    scene: &'a Scene,
    rule: &'a Rule,
    known: HashMap<(String, Submodules), Option<String>>,
}

impl Commits<'_> {
    /// What a revision has against the rule; nothing where it is good.
    fn against(&mut self, revision: &str, source: Option<&SourceSpec>) -> Option<String> {
        let commit = applied::commit(revision);
        let is_vouched = |known: &String| {
            *known == revision
                || commit
                    .is_some_and(|commit| known.len() >= 7 && commit.starts_with(known.as_str()))
        };
        if self.arguments.rekeyed_revision.iter().any(is_vouched) {
            return None;
        }
        let Some(commit) = commit else {
            return Some(format!(
                "nobody can tell what its revision holds; where you can: --rekeyed-revision {revision}"
            ));
        };
        if source.is_some_and(|source| !source.include.is_empty()) {
            return Some(format!(
                "its source takes in other repositories, and nobody can tell what they hold; where you can: --rekeyed-revision {revision}"
            ));
        }
        let below = match source {
            Some(source) if !source.recurse_submodules => Submodules::LeftOut,
            _ => Submodules::Taken,
        };
        let known = self.known.entry((commit.to_owned(), below));
        known
            .or_insert_with(|| self.rule.against(&self.scene.repository, commit, below))
            .clone()
    }
}

/// The Kustomizations that decrypt with the Secrets of the rotation and have not reconciled what the rule wants. Where
/// they are to be waited for, they are asked again until all have, or only suspended ones are left, or the time is over.
pub(super) async fn waiting(
    arguments: &RotateKey,
    scene: &Scene,
    rule: &Rule,
    out: &mut impl Write,
) -> Result<Vec<Waiting>> {
    let start = Instant::now();
    let mut waiting = look(arguments, scene, rule).await;
    if arguments.wait && moves(&waiting) {
        let _ = writeln!(out, "\nwaiting for the clusters to reconcile").and_then(|()| out.flush());
    }
    while arguments.wait && moves(&waiting) && start.elapsed() < arguments.timeout {
        tokio::time::sleep(PAUSE).await;
        waiting = look(arguments, scene, rule).await;
    }
    waiting
}

/// Whether to ask again may tell more: somebody is waited for who is at work, or a cluster did not say.
fn moves(found: &Result<Vec<Waiting>>) -> bool {
    match found {
        Ok(all) => all.iter().any(|one| one.resume.is_none()),
        Err(failure) => failure.status() == Exit::Incomplete,
    }
}

/// Asks the clusters once.
async fn look(arguments: &RotateKey, scene: &Scene, rule: &Rule) -> Result<Vec<Waiting>> {
    let mut commits = Commits {
        arguments,
        scene,
        rule,
        known: HashMap::new(),
    };
    let mut waiting = Vec::new();
    let connection = arguments.connection.connection();
    let named = !connection.contexts.is_empty();
    let now = cluster::ask(&connection).await?;
    for (cluster, target) in now.iter().zip(&scene.targets) {
        cluster.refuse_unseen()?;
        // Who names no Secret may use any of them.
        let uses = |user: &&User| {
            let place = user.secret.as_ref();
            place.is_none_or(|place| target.secrets.iter().any(|secret| secret.place == *place))
        };
        for user in cluster.decryption.users.iter().filter(uses) {
            let kustomization = &user.kustomization;
            let source = cluster.source(kustomization).map(|source| &source.spec);
            let (revision, not_yet) = applied::revision(kustomization);
            let Some(why) = not_yet.or_else(|| commits.against(&revision, source)) else {
                continue;
            };
            let meta = &kustomization.metadata;
            let is_suspended = kustomization.spec.suspend;
            let of = cluster.of_several(now.len());
            let suspended = if is_suspended { " (suspended)" } else { "" };
            let at = match revision.as_str() {
                "" => String::new(),
                revision => format!(" at {revision}"),
            };
            let mut words = vec![
                "flux resume kustomization".to_owned(),
                meta.name.to_string(),
                format!("-n {}", meta.namespace),
            ];
            words.extend(named.then(|| format!("--context {}", quoted(&cluster.name))));
            words.extend(arguments.connecting(|flag| flag != "--request-timeout"));
            waiting.push(Waiting {
                who: format!(
                    "Kustomization {}/{}{of}{suspended}{at}",
                    meta.namespace, meta.name
                ),
                why,
                resume: is_suspended.then(|| words.join(" ")),
            });
        }
    }
    Ok(waiting)
}

/// Prints who is waited for, and why.
pub(super) fn tell(waiting: &[Waiting], what: &str, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "\n{what}:")?;
    for Waiting { who, why, .. } in waiting {
        writeln!(out, "  {}", shared::render::clean(who))?;
        writeln!(out, "    {}", shared::render::clean(why))?;
    }
    let mut resume = waiting.iter().filter_map(|one| one.resume.as_ref());
    if let Some(first) = resume.next() {
        writeln!(
            out,
            "\na suspended one is not waited for, and decrypts again when it is resumed; do that first:"
        )?;
        for command in std::iter::once(first).chain(resume) {
            writeln!(out, "  {}", shared::render::clean(command))?;
        }
        writeln!(
            out,
            "or, where you know that it will not need the key, name its revision: --rekeyed-revision REVISION"
        )?;
    }
    Ok(())
}
