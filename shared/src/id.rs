//! The id of a check or component from its path: hyphens where the file's name has underscores.

/// The bytes of the id; a constant function, so that ids are constants too.
pub const fn hyphenated<const N: usize>(path: &str) -> [u8; N] {
    let bytes = path.as_bytes();
    let mut id = [0; N];
    let mut at = 0;
    while at < N {
        id[at] = if bytes[at] == b'_' { b'-' } else { bytes[at] };
        at += 1;
    }
    id
}

/// The id as text.
pub const fn text(id: &[u8]) -> &str {
    match std::str::from_utf8(id) {
        Ok(id) => id,
        Err(_) => "",
    }
}
