//! A verb whose flags are described only when it is asked for: of all verbs a program runs one, and to
//! describe them all takes longer than the rest of its start.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The arguments of a verb, described when they are needed.
#[derive(Debug)]
pub struct Deferred<T>(pub T);

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(described::<T>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(described::<T>)
    }
}

/// What was said about the verb stays: what its arguments say is about them.
fn described<T: Args>(command: Command) -> Command {
    let about = command.get_about().cloned();
    let long_about = command.get_long_about().cloned();
    let mut command = T::augment_args(command).about(None).long_about(None);
    if let Some(about) = about {
        command = command.about(about);
    }
    match long_about {
        Some(long_about) => command.long_about(long_about),
        None => command,
    }
}

impl<T: Args> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser, Subcommand};

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(subcommand)]
        verb: Verb,
    }

    #[derive(Debug, Subcommand)]
    enum Verb {
        /// Judge files
        Check(Deferred<Check>),
    }

    /// Arguments of `check`.
    ///
    /// Of which there is one.
    #[derive(Debug, Args)]
    struct Check {
        #[arg(long)]
        strict: bool,
    }

    #[test]
    fn a_verb_is_described_when_it_is_asked_for() {
        let mut command = Cli::command();
        let flags = |command: &Command| {
            command
                .find_subcommand("check")
                .unwrap()
                .get_arguments()
                .count()
        };
        assert_eq!(flags(&command), 0);
        command.build();
        assert_ne!(flags(&command), 0);
        let Verb::Check(Deferred(check)) = Cli::parse_from(["flux", "check", "--strict"]).verb;
        assert!(check.strict);
    }

    #[test]
    fn what_is_said_about_a_verb_is_not_what_is_said_about_its_arguments() {
        let mut command = Cli::command();
        command.build();
        let check = command.find_subcommand("check").unwrap();
        assert_eq!(check.get_about().unwrap().to_string(), "Judge files");
        assert!(check.get_long_about().is_none());
    }
}
