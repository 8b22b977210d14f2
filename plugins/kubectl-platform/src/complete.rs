//! Answers shells: those that ask through kubectl, and those that ask by their own scripts.

use std::ffi::OsString;
use std::io::Write;

use clap::CommandFactory;
use cli::{complete, selection};

use crate::checks::CATALOG;
use crate::cli::Cli;
use crate::commands::completion::ASKING;

/// Answers if a shell asks. Tells whether one did.
pub(crate) fn answered(
    mut arguments: impl Iterator<Item = OsString>,
    out: &mut impl Write,
) -> bool {
    if arguments
        .next()
        .is_some_and(|first| complete::is_request(&first))
    {
        answer(arguments, out);
        return true;
    }
    std::env::var_os(ASKING).is_some() && complete::answer_script(&mut command(), ASKING, out)
}

fn answer(words: impl Iterator<Item = OsString>, out: &mut impl Write) {
    complete::answer(&mut command(), words, out);
}

/// The command line under the name of its program, as shells know it.
fn command() -> clap::Command {
    let mut command = Cli::command()
        .name("kubectl-platform")
        .bin_name("kubectl-platform");
    command.build();
    selection::offer(command, &CATALOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(words: &[&str]) -> String {
        let mut out = Vec::new();
        answer(words.iter().map(OsString::from), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn verbs_and_flags_are_offered_with_their_help() {
        let verbs = answered(&["vali"]);
        assert_eq!(
            verbs,
            "validate\tTell whether the platform works, and what to fix first\n:4\n"
        );
        assert!(answered(&["validate", "--stri"]).starts_with("--strict\t"));
        assert!(answered(&["validate", "-o", ""]).contains("json\t"));
    }

    #[test]
    fn nonsense_is_answered_with_nothing() {
        assert_eq!(answered(&["no-such-verb", "--zzz"]), ":4\n");
    }
}
