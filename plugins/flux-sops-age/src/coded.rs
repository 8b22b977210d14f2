//! What a text looks like within base64, as an encrypted file does in the data of a Secret.

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;

/// Where two pieces of it start, by which it is known: where lines are broken, one of them is whole.
const PIECES: [usize; 2] = [4, 34];
/// Their length.
const LENGTH: usize = 20;

/// Pieces of the base64 of a longer text in which this one stands, behind any other bytes.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for before in 0..3 {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(text.as_bytes());
        let coded = BASE64_STANDARD_NO_PAD.encode(&bytes);
        // The last one stands for bytes behind it as well.
        let whole = &coded[..coded.len().saturating_sub(1)];
        let of_piece = |start: usize| whole.get(start..start + LENGTH).map(str::to_owned);
        pieces.extend(PIECES.into_iter().filter_map(of_piece));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use base64::prelude::BASE64_STANDARD;

    use super::*;

    const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    #[test]
    fn a_key_is_known_behind_any_bytes_and_in_broken_lines() {
        let pieces = pieces(KEY);
        for before in 0..80 {
            let text = format!("{}{KEY}\nand more", "x".repeat(before));
            let coded = BASE64_STANDARD.encode(text);
            for width in [64, 76, usize::MAX] {
                let lines: Vec<&str> = coded
                    .as_bytes()
                    .chunks(width)
                    .map(|line| std::str::from_utf8(line).unwrap())
                    .collect();
                let lines = lines.join("\n    ");
                assert!(
                    pieces.iter().any(|piece| lines.contains(piece)),
                    "{before} {width}"
                );
            }
        }
        let other = BASE64_STANDARD.encode("age1other".repeat(9));
        assert!(!pieces.iter().any(|piece| other.contains(piece)));
    }
}
