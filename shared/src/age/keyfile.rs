//! Key files: an identity a line, lines that start with `#` are comments; or an age file that holds such lines.

use zeroize::Zeroizing;

use super::identity::{self, Identity};

/// Reads the identities of a key file's text.
///
/// # Errors
/// In words that do not show the text, when a line is no identity.
pub fn parse_lines(text: &str) -> Result<Vec<Identity>, String> {
    let mut identities = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        let parsed = identity::parse(line).map_err(|why| match line.trim_end() {
            bare if bare != line && identity::parse(bare).is_ok() => {
                "blanks stand behind a private key, and sops refuses it".to_owned()
            }
            _ => why.to_string(),
        });
        identities.push(parsed.map_err(|why| format!("line {}: {why}", number + 1))?);
    }
    Ok(identities)
}

/// The text without the identities of age plugins, which only plugins read; and the numbers of their lines.
pub fn without_plugins(text: &str) -> (Zeroizing<String>, Vec<usize>) {
    let mut own = Zeroizing::new(String::with_capacity(text.len()));
    let mut plugins = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("AGE-PLUGIN-") {
            plugins.push(index + 1);
        } else {
            own.push_str(line);
        }
        own.push('\n');
    }
    (own, plugins)
}

/// Reads identities that may stand several in a line, parted by spaces, as `SOPS_AGE_KEY` may have them.
///
/// # Errors
/// As [`parse_lines`].
pub fn parse_words(text: &str) -> Result<Vec<Identity>, String> {
    let words: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    parse_lines(&Zeroizing::new(words.join("\n")))
}

/// Whether the bytes are an age file, armored or not.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(b"age-encryption") || bytes.starts_with(b"-----BEGIN AGE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_keys_are_told_without_showing_them() {
        let key = Identity::generate();
        let text = key.text();
        assert_eq!(
            parse_lines(&format!("# made by a test\r\n{}\r\n", *text))
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            parse_words(&format!("{0} {0}\n{0}", *text)).unwrap().len(),
            3
        );
        for wrong in [
            format!(" {}", *text),
            text[..text.len() - 2].to_owned(),
            format!("{}X", *text),
            format!("{} ", *text),
            format!("{}\t", *text),
            key.recipient(),
            "AGE-PLUGIN-YUBIKEY-1QQQ".to_owned(),
            "hello".to_owned(),
        ] {
            let why = parse_lines(&format!("# c\n{wrong}\n")).unwrap_err();
            assert!(why.starts_with("line 2: "), "{why}");
            assert!(!why.contains(wrong.trim()), "{why}");
        }
    }
}
