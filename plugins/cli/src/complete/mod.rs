//! What shells offer to complete a command line: in Cobra's protocol, with values that only a
//! kubeconfig or a cluster knows.
//!
//! Each line of an answer is a candidate, a tab and its description; the last is a colon and a
//! number that tells the shell what to do beyond, see
//! <https://pkg.go.dev/github.com/spf13/cobra#ShellCompDirective>.

mod line;
mod values;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use clap::Command;
use clap_complete::CompletionCandidate;
use clap_complete::engine::complete;
use clap_complete::env::Shells;
use shared::render::clean;

pub use line::words;
pub use values::{Named, clusters, contexts, kustomizations, named, namespaces, secrets, users};

/// Whether a program's first argument asks for candidates, as kubectl and Flux do.
pub fn is_request(first: &OsStr) -> bool {
    first == "__complete" || first == "__completeNoDesc"
}

/// The candidate ends where the next word may begin: no space is to follow it.
const NO_SPACE: u8 = 2;
/// The shell must not offer files of its own accord: where files fit, they are candidates.
const NO_FILES: u8 = 4;

/// Prints the candidates for the last of the words. A shell can do nothing with an error.
pub fn answer(command: &mut Command, words: impl Iterator<Item = OsString>, out: &mut impl Write) {
    let mut line = vec![OsString::from(command.get_name())];
    line.extend(words);
    if line.len() == 1 {
        line.push(OsString::new());
    }
    let last = line.len() - 1;
    line::remember(command, &line);
    let is_bare = line[last].is_empty();
    let here = std::env::current_dir().ok();
    let mut all = complete(command, line, last, here.as_deref()).unwrap_or_default();
    let is_flag = |one: &CompletionCandidate| one.get_value().as_encoded_bytes().starts_with(b"-");
    if is_bare && !all.iter().all(is_flag) {
        // As kubectl has it: flags are offered to who begins one.
        all.retain(|one| !is_flag(one));
    }
    let goes_on = |one: &CompletionCandidate| one.get_value().as_encoded_bytes().ends_with(b"/");
    let space = if all.iter().any(goes_on) { NO_SPACE } else { 0 };
    // Nobody to answer is no failure.
    let _ = write(&all, out).and_then(|()| writeln!(out, ":{}", NO_FILES + space));
}

fn write(all: &[CompletionCandidate], out: &mut impl Write) -> io::Result<()> {
    for candidate in all {
        let value = candidate.get_value().to_string_lossy();
        let help = candidate.get_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        let help = help.lines().next().unwrap_or_default();
        writeln!(out, "{}\t{}", clean(&value), clean(help))?;
    }
    Ok(())
}

/// The script by which a shell asks `program` for candidates, in the variable `asking`.
///
/// # Errors
/// When writing fails, or the shell is not known.
pub fn script(shell: &str, program: &str, asking: &str, out: &mut impl Write) -> io::Result<()> {
    let shells = Shells::builtins();
    let shell = shells
        .completer(shell)
        .ok_or_else(|| io::Error::other("no such shell"))?;
    shell.write_registration(asking, program, program, program, out)
}

/// Answers such a script. Tells whether one has asked.
pub fn answer_script(command: &mut Command, asking: &str, out: &mut impl Write) -> bool {
    let shell = std::env::var(asking).unwrap_or_default();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&shell) else {
        return false;
    };
    let line: Vec<OsString> = std::env::args_os()
        .skip_while(|word| word != "--")
        .skip(1)
        .collect();
    line::remember(command, &line);
    let here = std::env::current_dir().ok();
    // A shell can do nothing with an error.
    let _ = shell.write_complete(command, line, here.as_deref(), out);
    true
}
