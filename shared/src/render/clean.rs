//! Makes text from a cluster safe to print.

use std::borrow::Cow;

/// Replaces control characters, which could move the cursor or recolour the terminal, the invisible
/// ones that reorder or hide text, and what is no character. Line breaks and tabs become spaces.
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

/// Text for scripts, whose formats have escapes: what would not only show itself is written as `escape` has it, and
/// nothing is lost.
pub(super) fn escaped(text: &str, escape: impl Fn(char, &mut String)) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_plain(c) || c == '\n' {
            safe.push(c);
        } else {
            escape(c, &mut safe);
        }
    }
    safe
}

/// Whether a character only shows itself.
pub(super) fn is_plain(c: char) -> bool {
    // Bidi_Control, with what is invisible between these.
    let reorders = matches!(
        c,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
    );
    let is_hidden = matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !c.is_control() && !reorders && !is_hidden && !is_noncharacter(c)
}

/// What Unicode keeps for programs' own use, and XML does not take.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_power() {
        assert_eq!(clean("a\u{1b}[31mred\nb"), "a\u{fffd}[31mred b");
        assert_eq!(clean("x\u{202e}y"), "x\u{fffd}y");
        for c in [
            '\u{61c}',
            '\u{2064}',
            '\u{e0041}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{fdd0}',
            '\u{10ffff}',
        ] {
            assert_eq!(clean(&c.to_string()), "\u{fffd}", "{c:?}");
        }
        assert!(matches!(clean("plain ünïcode ✓"), Cow::Borrowed(_)));
    }
}
