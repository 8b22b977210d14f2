//! Makes text from a cluster safe to print.

use std::borrow::Cow;

/// Replaces control characters, which could move the cursor or recolour the terminal, and the
/// invisible ones that reorder text. Line breaks and tabs become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let replace = |c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_plain(c) => c,
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(replace).collect())
}

/// Whether a character only shows itself.
pub(super) fn is_plain(c: char) -> bool {
    let reorders = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    !c.is_control() && !reorders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_power() {
        assert_eq!(clean("a\u{1b}[31mred\nb"), "a\u{fffd}[31mred b");
        assert_eq!(clean("x\u{202e}y"), "x\u{fffd}y");
        assert!(matches!(clean("plain ünïcode ✓"), Cow::Borrowed(_)));
    }
}
