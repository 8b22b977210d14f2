//! What it means that a file has a public key in it: it may be encrypted for that key, in whatever format.

use std::path::Path;

use shared::failure::Result;
use shared::sops::{Document, Format, Metadata, looks_encrypted};

/// What a file has a public key in it for.
pub(super) enum Mention {
    /// It is encrypted for the key.
    Recipient(Box<Metadata>),
    /// It says something else of it, or speaks of encrypted files.
    Other,
    /// It is encrypted, and cannot be read as a whole: why.
    Unreadable(String),
}

/// The formats whose names say so: what has another name may be in any of them, as Flux goes by the name that a
/// generator gives it.
const NAMED: [Format; 4] = [Format::Yaml, Format::Json, Format::Dotenv, Format::Ini];

/// Looks at a file that has the key in it.
pub(super) fn of(key: &str, path: &Path, bytes: &[u8]) -> Mention {
    if !looks_encrypted(bytes) {
        return Mention::Other;
    }
    let told = Format::of_path(path);
    let why = match read(bytes, told) {
        Ok(metadata) => return recipient(metadata, key),
        Err(why) => why.to_string(),
    };
    let is_encrypted = if told == Format::Binary {
        if let Some(metadata) = NAMED.iter().find_map(|format| read(bytes, *format).ok()) {
            return recipient(metadata, key);
        }
        // The envelope is JSON; other text of no format is about encrypted files.
        bytes.trim_ascii_start().starts_with(b"{")
    } else {
        let plain = Document::read_plain(bytes, told);
        plain.map_or(true, |document| document.has_block_anywhere())
    };
    match is_encrypted {
        true => Mention::Unreadable(why),
        false => Mention::Other,
    }
}

fn read(bytes: &[u8], format: Format) -> Result<Metadata> {
    let (document, metadata) = Document::read_encrypted(bytes, format)?;
    document.refuse_joined()?;
    Ok(metadata)
}

fn recipient(metadata: Metadata, key: &str) -> Mention {
    match metadata.is_for(key) {
        true => Mention::Recipient(Box::new(metadata)),
        false => Mention::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "age1old";

    fn block(indent: &str) -> String {
        let lines = [
            "sops:",
            "  age:",
            "  - {recipient: age1old, enc: x}",
            "  lastmodified: \"2026-01-01T00:00:00Z\"",
            "  mac: ENC[AES256_GCM,data:m]",
            "  version: 3.11.0",
        ];
        lines.map(|line| format!("{indent}{line}\n")).concat()
    }

    fn told(name: &str, text: &str) -> &'static str {
        match of(KEY, Path::new(name), text.as_bytes()) {
            Mention::Recipient(_) => "recipient",
            Mention::Other => "other",
            Mention::Unreadable(_) => "unreadable",
        }
    }

    #[test]
    fn whoever_needs_the_key_is_told_and_who_speaks_of_it_is_not() {
        let whole = format!("a: ENC[AES256_GCM,data:a]\n{}", block(""));
        let newer = whole.replace(KEY, "age1new").replace("data:m", "data:n");
        let conflict = whole.replace("a: ", "<<<<<<< HEAD\na: ");
        let json = format!(
            r#"{{"a": "ENC[AES256_GCM,data:a]", "sops": {{"age": [{{"recipient": "{KEY}", "enc": "x"}}], "lastmodified": "2026-01-01T00:00:00Z", "mac": "ENC[", "version": "3"}}}}"#
        );
        for (name, text, expected) in [
            ("a.yaml", whole.clone(), "recipient"),
            // Flux goes by the name of a generator's entry.
            ("a.txt", whole.clone(), "recipient"),
            ("a.txt", json.clone(), "recipient"),
            ("a.yaml", conflict.clone(), "unreadable"),
            ("a.json", whole.clone(), "unreadable"),
            ("a.json", json.replace(']', ""), "unreadable"),
            ("a", json.replace(']', ""), "unreadable"),
            ("a.yaml", whole.replace("2026-01-01", "today"), "unreadable"),
            // Each of the documents is one that Flux decrypts.
            ("a.yaml", format!("{newer}---\n{whole}"), "unreadable"),
            ("a.yaml", format!("b: c\n---\n{whole}"), "unreadable"),
            ("a.yaml", format!("{whole}---\n{whole}"), "recipient"),
            // Who is not for the key, and who tells others how such a file looks.
            ("a.yaml", format!("# {KEY}\n{newer}"), "other"),
            (
                "docs/a.md",
                format!("# Secrets\n\n```yaml\n{whole}```\n"),
                "other",
            ),
            (
                "a.yaml",
                format!("data:\n  a: |\n{}    {}", block("    "), "ENC[AES256_GCM,"),
                "other",
            ),
            (
                ".sops.yaml",
                format!("creation_rules: [{{age: {KEY}}}]\n"),
                "other",
            ),
        ] {
            assert_eq!(told(name, &text), expected, "{name}\n{text}");
        }
    }
}
