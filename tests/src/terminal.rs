//! Terminals of their own for programs that ask questions.

use std::path::Path;
use std::process::Command;

/// Where a program at a terminal of its own prints, in its folder: the terminal itself shows what is typed.
pub const PRINTED: &str = "printed";
/// The same for what it tells the person.
pub const TOLD: &str = "told";

/// A program that runs at a terminal of its own, on which standard input is typed.
/// See <https://man7.org/linux/man-pages/man1/script.1.html>.
pub fn at_a_terminal(program: &Path, arguments: &[&str]) -> Command {
    let words = std::iter::once(program.to_str().unwrap()).chain(arguments.iter().copied());
    let words: Vec<String> = words.map(|word| format!("'{word}'")).collect();
    let line = format!("{} > {PRINTED} 2> {TOLD}", words.join(" "));
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]);
    command
}
