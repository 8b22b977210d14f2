//! What stands on the line before the word that is completed: candidates depend on it.

use std::ffi::OsString;
use std::sync::OnceLock;
use std::time::Duration;

use clap::{ArgMatches, Command, FromArgMatches};
use shared::kube::Connection;

use crate::ConnectionArgs;

/// How long a cluster may take to answer: somebody waits for the shell.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

static LINE: OnceLock<ArgMatches> = OnceLock::new();

/// Reads all words but the last, as far as they are understood.
pub(super) fn remember(command: &Command, line: &[OsString]) {
    let before = line.split_last().map_or(line, |(_, before)| before);
    if let Ok(matches) = lenient(command.clone()).try_get_matches_from(before) {
        // A program completes one line.
        let _ = LINE.set(matches);
    }
}

/// A command that is built already hands nothing down to its verbs.
fn lenient(command: Command) -> Command {
    command.ignore_errors(true).mut_subcommands(lenient)
}

/// The verb's own arguments.
fn arguments() -> Option<&'static ArgMatches> {
    let mut matches = LINE.get()?;
    while let Some((_, of_verb)) = matches.subcommand() {
        matches = of_verb;
    }
    Some(matches)
}

/// The values that stand on the line for an argument.
pub fn words(id: &str) -> Vec<String> {
    let values = arguments().and_then(|matches| matches.try_get_many::<String>(id).ok().flatten());
    values.map_or_else(Vec::new, |all| all.cloned().collect())
}

/// How the line connects, with less patience. Of several contexts the last counts.
pub(super) fn connection() -> Connection {
    // Verbs that only work on files have none of these flags.
    let connects = |matches: &&ArgMatches| matches.try_contains_id("kubeconfig").is_ok();
    let matches = arguments().filter(connects);
    let args = matches.and_then(|matches| ConnectionArgs::from_arg_matches(matches).ok());
    let mut connection = args.map_or_else(Connection::default, |args| args.connection());
    connection.contexts = connection.contexts.pop().into_iter().collect();
    connection.request_timeout = PATIENCE;
    connection
}
