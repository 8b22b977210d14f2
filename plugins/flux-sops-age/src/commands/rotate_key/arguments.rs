//! The command line of `rotate-key`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use cli::connection::given::Value;
use cli::{ConnectionArgs, time_limit};

use super::journal::Goal;
use crate::arguments::NewKey;
use crate::shell::{quoted, word};

/// Arguments of `rotate-key`.
#[derive(Debug, Args)]
#[command(after_help = "\
Two phases, and a commit after each:

  flux sops-age rotate-key             the new key beside the old one: in the cluster, in
                                       .sops.yaml, and every file encrypted for both
  flux sops-age rotate-key --complete  files for the new key alone, with new data keys; and,
                                       run again when the cluster has reconciled them, the
                                       old key out of the cluster

A run that was cut short is resumed by running it again. --abort goes back at any time.
The private keys stay in --key-file: without the old one nobody reads Git's history.")]
pub(crate) struct RotateKey {
    /// The second phase: the new key alone
    #[arg(long)]
    complete: bool,

    /// Go back to the old key alone
    #[arg(long, conflicts_with = "complete")]
    abort: bool,

    /// The key has leaked: list as well every value that it opened, to be changed
    #[arg(long, conflicts_with = "abort")]
    pub(super) emergency: bool,

    /// The public key to replace, where the cluster has several
    #[arg(long, value_name = "PUBLIC-KEY")]
    pub(super) old: Option<String>,

    /// The public key of a key in --key-file to replace it by [default: a new one]
    #[arg(long, value_name = "PUBLIC-KEY", conflicts_with = "pq")]
    pub(super) new: Option<String>,

    #[command(flatten)]
    pub(super) new_key: NewKey,

    /// Where private keys are kept
    /// [default: $SOPS_AGE_KEY_FILE, else sops's keys.txt, to which a new key is added]
    #[arg(long, value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,

    /// With --complete: take the old key from the named clusters alone; files stay encrypted for both keys, for
    /// other clusters use the old one still
    #[arg(long, requires = "complete")]
    pub(super) only_this_cluster: bool,

    /// Count this revision as one that does not need the key that goes: for sources that are not this Git
    /// repository (repeatable)
    #[arg(long, value_name = "REVISION")]
    pub(super) rekeyed_revision: Vec<String>,

    /// Wait until the clusters have reconciled; what is suspended is not waited for
    #[arg(long)]
    pub(super) wait: bool,

    /// With --wait: for how long
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = time_limit::parse)]
    pub(super) timeout: Duration,

    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    #[command(flatten)]
    pub(super) connection: ConnectionArgs,

    /// The configuration that was named, which the next command names again.
    #[arg(skip)]
    pub(super) config: Option<PathBuf>,
}

impl RotateKey {
    /// Where the run is to lead.
    pub(super) fn goal(&self) -> Goal {
        if self.complete {
            Goal::New
        } else if self.abort {
            Goal::Old
        } else {
            Goal::Both
        }
    }

    /// The command to run again.
    pub(super) fn again(&self) -> String {
        self.command(match (self.goal(), self.only_this_cluster) {
            (Goal::Both, _) => "",
            (Goal::Old, _) => "--abort",
            (Goal::New, true) => "--complete --only-this-cluster",
            (Goal::New, false) => "--complete",
        })
    }

    /// The command of a phase, for the same clusters, configuration and key file.
    pub(super) fn command(&self, phase: &str) -> String {
        let contexts = self.connection.connection().contexts;
        let names: Vec<String> = contexts.iter().map(|name| quoted(name)).collect();
        let mut words = vec!["flux sops-age rotate-key".to_owned()];
        words.extend((!phase.is_empty()).then(|| phase.to_owned()));
        words.extend((!names.is_empty()).then(|| format!("--context {}", names.join(","))));
        words.extend(self.connecting(|_| true));
        let files = [("--config", &self.config), ("--key-file", &self.key_file)];
        words.extend(
            files
                .into_iter()
                .filter_map(|(flag, file)| named(flag, file.as_deref())),
        );
        words.join(" ")
    }

    /// How to connect as this run does, with those of its flags that another command has.
    pub(super) fn connecting(&self, has: impl Fn(&str) -> bool) -> Vec<String> {
        let given = self.connection.given().into_iter();
        let known = given.filter(|(flag, _)| has(flag));
        known
            .map(|(flag, value)| match value {
                Value::None => flag.to_owned(),
                Value::Text(text) => format!("{flag} {}", quoted(&text)),
                Value::Variable(name) => format!("{flag} \"${name}\""),
            })
            .collect()
    }
}

fn named(flag: &str, file: Option<&Path>) -> Option<String> {
    file.map(|file| format!("{flag} {}", word(file)))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: RotateKey,
    }

    #[test]
    fn the_next_command_connects_as_this_one_does() {
        let line = "flux --context infra --kubeconfig k --cluster c --user u -s https://k8s.almckay.io:6443 \
            --tls-server-name n --certificate-authority ca.pem --client-certificate c.pem --client-key k.pem \
            --insecure-skip-tls-verify --token hunter2 --as flux --as-uid 7 --as-group a --as-group b \
            --request-timeout 1m --key-file keys.txt";
        let Line { arguments } = Line::parse_from(line.split_whitespace());
        let next = "flux sops-age rotate-key --complete --context infra --kubeconfig k --cluster c --user u \
            --server https://k8s.almckay.io:6443 --tls-server-name n --certificate-authority ca.pem \
            --client-certificate c.pem --client-key k.pem --insecure-skip-tls-verify --token \"$TOKEN\" --as flux \
            --as-uid 7 --request-timeout 60s --as-group a --as-group b --key-file keys.txt";
        assert_eq!(arguments.command("--complete"), next);
        let Line { arguments } = Line::parse_from(["flux"]);
        assert_eq!(arguments.command(""), "flux sops-age rotate-key");
    }
}
