//! The text of a configuration as YAML. sops looks at the fields that it knows and takes the rest as it comes;
//! many configurations have lists of keys under headings that are no YAML for others.

use std::borrow::Cow;

use crate::failure::Result;
use crate::sops::tree::Roots;
use crate::sops::yaml::{self, Source};

/// Reads the text of a configuration, headings of key lists included.
///
/// # Errors
/// When it is no YAML.
pub(super) fn read(text: &str) -> Result<(Roots, Source)> {
    let (roots, source) = yaml::read(&without_headings(text))?;
    // Every site stands where it stood: a heading keeps its length.
    let text = text.to_owned();
    Ok((roots, Source { text, ..source }))
}

/// The text with each heading, `- &users:` above the users' keys, as a plain anchor: go-yaml ends an anchor's name
/// at the colon.
fn without_headings(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(colon) = heading(line) {
            out.to_mut().replace_range(at + colon..=at + colon, "_");
        }
        at += line.len();
    }
    out
}

/// Where the colon of a heading stands in its line.
fn heading(line: &str) -> Option<usize> {
    let anchor = line.trim_start_matches([' ', '-']).strip_prefix('&')?;
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let length = anchor.bytes().take_while(|byte| fits(byte)).count();
    let behind = anchor[length..].strip_prefix(':')?.trim();
    (length > 0 && (behind.is_empty() || behind.starts_with('#')))
        .then(|| line.len() - anchor.len() + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_key_lists_are_taken_and_stay() {
        let text = "keys:\n  - &me age1me\n  - &hosts: # all\r\n    - &one age1one\ncreation_rules:\n  - age: [*me, *one]\n";
        let (roots, source) = read(text).unwrap();
        assert_eq!(yaml::splice(&source, &roots), text);
        let rules = crate::sops::tree::find(&roots[0], "creation_rules").unwrap();
        assert!(format!("{:?}", rules.value).contains("List"));
        for other in ["a: &b:c d\n", "- &: x\n", "path: '&a:'\n", "&a: b\n"] {
            assert!(
                matches!(without_headings(other), Cow::Borrowed(_)),
                "{other}"
            );
        }
    }
}
