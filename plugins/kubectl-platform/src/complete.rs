//! `__complete`: answers kubectl's request for candidates in Cobra's protocol.
//!
//! Each line is a candidate, a tab and its description; the last is a colon and a number that
//! tells the shell what to do beyond, see
//! <https://pkg.go.dev/github.com/spf13/cobra#ShellCompDirective>.

use std::ffi::OsString;
use std::io::Write;

use clap::CommandFactory;
use clap_complete::engine::complete;

use crate::cli::Cli;

/// The word that asks for it, as the first argument.
pub(crate) const REQUEST: &str = "__complete";

/// The shell must not offer files of its own accord: where files fit, they are candidates.
const NO_FILES: u8 = 4;

/// Prints the candidates for the last of the words. A shell can do nothing with an error.
pub(crate) fn answer(words: impl Iterator<Item = OsString>, out: &mut impl Write) {
    let mut line = vec![OsString::from("kubectl-platform")];
    line.extend(words);
    if line.len() == 1 {
        line.push(OsString::new());
    }
    let last = line.len() - 1;
    let here = std::env::current_dir().ok();
    for candidate in complete(&mut Cli::command(), line, last, here.as_deref()).unwrap_or_default()
    {
        let value = candidate.get_value().to_string_lossy();
        let help = candidate
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let help = help.lines().next().unwrap_or_default();
        let _ = writeln!(out, "{value}\t{help}");
    }
    let _ = writeln!(out, ":{NO_FILES}");
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
