//! `restore`: brings the keys of a backup back, once they have proven to be the right ones.

use std::path::PathBuf;

use clap::Args;
use cli::ConnectionArgs;
use shared::age::sources;
use shared::failure::{Exit, Failure, Result};
use shared::sops::exit;
use shared::{kube, source};

use crate::backup::{Bundle, Plan, Proof, Step, Unlock};
use crate::io;
use crate::prompt;

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    unlock: Unlock,

    /// A file or folder that the keys must open: encrypted by sops, or with SealedSecrets
    /// (repeatable) [default: the repository]
    #[arg(long, value_name = "PATH")]
    proof: Vec<PathBuf>,

    /// Bring back as well the keys that no file proves to be the right ones
    #[arg(long)]
    unproven: bool,

    /// Write over entries of Secrets that have other values
    #[arg(long)]
    replace: bool,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    connection: ConnectionArgs,
}

impl Restore {
    pub(crate) fn run(self) -> Result<Exit> {
        let bundle = self.open()?;
        let proof = Proof::of(&bundle, &self.proof)?;
        for (number, kept) in bundle.items.iter().enumerate() {
            let what = match proof.opened(number) {
                Some(name) => format!("opens {name}"),
                None => "opens nothing that was found".to_owned(),
            };
            cli::note!("{}; {what}", kept.describe());
        }
        if !self.unproven {
            proof.demand(&bundle)?;
        }
        let flags = self.connection.connection();
        if flags.contexts.len() > 1 {
            return Err(Failure::new(
                "keys are brought back to one cluster: name one --context",
            ));
        }
        source::run(async {
            let context = flags.contexts.first().map(String::as_str);
            let cluster = kube::connect(&flags, context).await?;
            let plan = Plan::of(&cluster, &bundle).await?;
            show(&plan, &bundle);
            if !self.replace {
                plan.demand_no_change(&bundle)?;
            }
            if self.dry_run {
                return Ok(());
            }
            plan.carry_out(&cluster, &bundle).await
        })?;
        let has_sealing_key = bundle.items.iter().find(|kept| kept.is_sealing_key());
        if let (Some(kept), false) = (has_sealing_key, self.dry_run) {
            let namespace = kept.place().namespace;
            cli::note!(
                "hint: Sealed Secrets reads its keys when it starts: restart its controller in namespace {namespace}"
            );
        }
        Ok(Exit::Passed)
    }

    fn open(&self) -> Result<Bundle> {
        let bytes = io::read(&self.file, exit::NO_FILE)
            .map_err(|failure| failure.exit(Exit::CouldNotRun))?;
        let opened = self
            .unlock
            .open(&bytes, || sources::collect(&prompt::passphrase()));
        opened
            .and_then(|text| Bundle::parse(&text))
            .map_err(|failure| {
                let what = format!("cannot open {}", self.file.display());
                failure.within(what).exit(Exit::CouldNotRun)
            })
    }
}

fn show(plan: &Plan, bundle: &Bundle) {
    for (step, kept) in plan.steps().iter().zip(&bundle.items) {
        let place = kept.place();
        match step {
            Step::Create => cli::note!("to be made: Secret {place}"),
            Step::Keep => cli::note!("there already: Secret {place}"),
            Step::Change(_, names) => {
                cli::note!("has other values: Secret {place}: {}", names.join(", "));
            }
        }
    }
}
