//! sops's old forms: `-d FILE`, `-e FILE`, and `-r FILE`.

use std::ffi::OsString;

/// The flags that stood for verbs.
const VERBS: [(&str, &str, &str); 3] = [
    ("-d", "--decrypt", "decrypt"),
    ("-e", "--encrypt", "encrypt"),
    ("-r", "--rotate", "rotate"),
];

/// Puts the verb where a flag stood for it. `arguments` start with the program's name.
pub(crate) fn translate(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_verb = |word: &OsString| {
        crate::commands::NAMES
            .iter()
            .any(|name| word.to_str() == Some(name))
    };
    // What follows a verb or `--` is not ours to read.
    let end = arguments
        .iter()
        .skip(1)
        .position(|word| word == "--" || is_verb(word))
        .map_or(arguments.len(), |at| at + 1);
    let found = (1..end).find_map(|at| {
        let word = arguments[at].to_str()?;
        let (_, _, verb) = VERBS
            .iter()
            .find(|(short, long, _)| word == *short || word == *long)?;
        Some((at, *verb))
    });
    if let Some((at, verb)) = found {
        arguments.remove(at);
        arguments.insert(1, verb.into());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_becomes_the_verb_it_stood_for() {
        for (old, new) in [
            ("x -d a.yaml", "x decrypt a.yaml"),
            ("x -i -e a.yaml", "x encrypt -i a.yaml"),
            ("x --config c --decrypt a", "x decrypt --config c a"),
            ("x encrypt -d a", "x encrypt -d a"),
            ("x --version", "x --version"),
        ] {
            let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
            assert_eq!(translate(words(old)), words(new));
        }
    }
}
