//! `bootstrap`: from nothing to a cluster that decrypts.
//!
//! What is there is looked at first (scene), then it is decided what is missing (plan), and only then anything is
//! written, in an order in which each write may be the last: the private key is kept before anybody names its public
//! one, and the cluster has it before files say that they are encrypted for it.

mod canary;
mod choose;
mod export;
mod malformed;
mod plan;
mod scene;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use cli::ConnectionArgs;
use shared::decryption;
use shared::failure::{Context, Exit, Result};
use shared::source;

use crate::arguments::{Global, NewKey};
use crate::repository::{advice, git};
use plan::Plan;
use scene::Scene;

/// Arguments of `bootstrap`.
#[derive(Debug, Args)]
#[command(after_help = "\
It does what is missing and nothing else, so it can be run again at any time:

  1. a private key, kept in --key-file, never in Git
  2. the Secret that Flux decrypts with, in each cluster of --context
  3. a rule in .sops.yaml: \\.enc\\.yaml$ is encrypted for that key
  4. spec.decryption in the Kustomizations of the repository that build encrypted files
  5. a proof: what is encrypted by the rule opens with the key that the cluster has

A key that is there, in the cluster or in --key-file, is taken and never written over.
The last lines say what to commit.")]
pub(crate) struct Bootstrap {
    /// Where the private key is kept; one that is there is taken
    /// [default: $SOPS_AGE_KEY_FILE, else sops's keys.txt, to which a new key is added]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// Of several keys, take the one with this public key
    #[arg(long, value_name = "PUBLIC-KEY")]
    recipient: Option<String>,

    #[command(flatten)]
    new: NewKey,

    /// The namespace of the Secret and of the Kustomizations
    #[arg(short, long, default_value = decryption::NAMESPACE)]
    namespace: String,

    /// The Secret's name [default: what kustomize-controller's --sops-age-secret says, else sops-age]
    #[arg(long, value_name = "NAME")]
    secret: Option<String>,

    /// Make the namespace where it does not exist
    #[arg(long)]
    create_namespace: bool,

    /// Add decryption to these Kustomizations alone (repeatable)
    #[arg(long = "kustomization", value_name = "NAME")]
    kustomizations: Vec<String>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// Print the Secret, private key included, instead of applying it to a cluster
    #[arg(long, conflicts_with = "dry_run")]
    export: bool,

    #[command(flatten)]
    connection: ConnectionArgs,
}

impl Bootstrap {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        if self.export {
            return self.export(global);
        }
        source::run(self.with_clusters(global))
    }

    async fn with_clusters(&self, global: &Global) -> Result<Exit> {
        let connection = self.connection.connection();
        let mut scene = Scene::of_clusters(self, global, &connection).await?;
        let key = choose::key(self, &scene)?;
        scene.count_others_keys(&key.recipient());
        let plan = Plan::of(self, &scene, &key)?;
        // A reader that went away is no error.
        let mut out = std::io::stdout().lock();
        scene.tell_notes();
        if self.dry_run {
            let _ = plan.tell(&mut out);
            return Ok(Exit::Passed);
        }
        plan.carry_out(self, &mut scene, &key, &mut out).await?;
        canary::prove(&scene, &key).await?;
        let _ = writeln!(
            out,
            "proven: what is encrypted for this key opens with the one in {}",
            scene.place
        );
        advise(&plan, &scene, &mut out).context("cannot write to standard output")?;
        Ok(Exit::Passed)
    }
}

/// What is left to the person.
fn advise(plan: &Plan, scene: &Scene, out: &mut impl Write) -> std::io::Result<()> {
    let files = plan.files(&scene.repository);
    let uncommitted: Vec<PathBuf> = plan.written().map(PathBuf::from).collect();
    let is_committed = scene.repository.is_git
        && git::has_changes(&scene.repository.root, &scene.files_of_interest()) == Some(false);
    if !uncommitted.is_empty() {
        advice::commit(out, &files, "Decrypt with age")?;
    } else if !is_committed && scene.repository.is_git {
        let files: Vec<String> = scene
            .files_of_interest()
            .iter()
            .map(|file| scene.repository.shown(file))
            .collect();
        advice::commit(out, &files, "Decrypt with age")?;
    }
    if plan.leaves_nobody(scene) {
        writeln!(
            out,
            "\nno Flux Kustomization of the repository decrypts yet; give yours:\n  spec:\n    decryption:\n      provider: sops{}",
            if scene.by_flag {
                String::new()
            } else {
                format!("\n      secretRef:\n        name: {}", scene.place.name)
            }
        )?;
    }
    if scene.others_keys > 0 {
        writeln!(
            out,
            "\nfiles that are not encrypted for this key yet: {}\n  flux sops-age updatekeys --all",
            scene.others_keys
        )?;
    }
    out.flush()
}
