//! Names of Rust's fields as the Kubernetes API writes them.

/// A field's name as JSON has it, made from Rust's when the program is built.
pub(crate) struct CamelCase {
    letters: [u8; 48],
    length: usize,
}

impl CamelCase {
    /// `startedAt` of `started_at`, `type` of `r#type`.
    pub(crate) const fn of(snake_case: &str) -> Self {
        let from = snake_case.as_bytes();
        let mut name = Self {
            letters: [0; 48],
            length: 0,
        };
        let mut at = if from.len() > 2 && from[1] == b'#' {
            2
        } else {
            0
        };
        let mut is_first = false;
        while at < from.len() {
            if from[at] == b'_' {
                is_first = true;
            } else {
                name.letters[name.length] = if is_first {
                    from[at].to_ascii_uppercase()
                } else {
                    from[at]
                };
                name.length += 1;
                is_first = false;
            }
            at += 1;
        }
        name
    }

    /// The name.
    pub(crate) const fn as_str(&self) -> &str {
        match str::from_utf8(self.letters.split_at(self.length).0) {
            Ok(name) => name,
            Err(_) => "",
        }
    }
}
