//! What help looks like.

use clap::Command;

/// The lines of a command's help, and of its verbs', that a terminal of so many columns has no room for, each after
/// the verb that shows it. The command must be built.
pub fn too_wide(command: &Command, columns: usize) -> Vec<String> {
    let help = command.clone().term_width(columns).render_long_help();
    let help = help.to_string();
    let own = help.lines().filter(|line| line.chars().count() > columns);
    let own = own.map(|line| format!("{}: {line}", command.get_name()));
    let of_verbs = command.get_subcommands();
    own.chain(of_verbs.flat_map(|verb| too_wide(verb, columns)))
        .collect()
}
