//! The head of a source file, which is a manual: the code below it is no part of the program.

/// How many bytes the first lines take that begin with `//!`; a constant function, so that the rest is left out when
/// the program is made.
pub const fn length(source: &str) -> usize {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 2 < bytes.len()
        && bytes[at] == b'/'
        && bytes[at + 1] == b'/'
        && bytes[at + 2] == b'!'
    {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        if at < bytes.len() {
            at += 1;
        }
    }
    at
}

/// The first bytes.
pub const fn copied<const N: usize>(source: &str) -> [u8; N] {
    let bytes = source.as_bytes();
    let mut head = [0; N];
    let mut at = 0;
    while at < N {
        head[at] = bytes[at];
        at += 1;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_where_the_manual_does() {
        for (source, head) in [
            (
                "//! a\n//!\n//! b\n\nuse c;\n//! d\n",
                "//! a\n//!\n//! b\n",
            ),
            ("//! a", "//! a"),
            ("use c;\n", ""),
            ("", ""),
        ] {
            assert_eq!(&source[..length(source)], head);
        }
        assert_eq!(copied::<3>("//! a"), *b"//!");
    }
}
