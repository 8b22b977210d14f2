//! What a selector is written of: signs, and words between them.

/// The signs, the longest first.
const SIGNS: &[&str] = &["!=", "==", "=", "!", "(", ")", ",", ">", "<"];

/// A selector, read from the left. Blanks only part words.
pub(super) struct Tokens<'a>(&'a str);

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self(text.trim())
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this sign or word is next.
    pub(super) fn is_at(&self, token: &str) -> bool {
        self.next() == token
    }

    /// Goes on behind this sign or word, where it is next.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let is_next = self.is_at(token);
        if is_next {
            self.skip(token.len());
        }
        is_next
    }

    /// Goes on behind this sign.
    ///
    /// # Errors
    /// When something else is next.
    pub(super) fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) {
            return Ok(());
        }
        Err(match self.next() {
            "" => format!("{sign} is missing at the end"),
            found => format!("expected {sign} before: {found}"),
        })
    }

    /// The next word, whatever else it means; empty where a sign or nothing is next.
    pub(super) fn word(&mut self) -> &'a str {
        let next = self.next();
        if SIGNS.contains(&next) {
            return "";
        }
        self.skip(next.len());
        next
    }

    fn next(&self) -> &'a str {
        let sign = SIGNS.iter().find(|sign| self.0.starts_with(**sign));
        let ends = |c: char| c.is_whitespace() || "=!(),><".contains(c);
        let length = sign.map_or_else(
            || self.0.find(ends).unwrap_or(self.0.len()),
            |sign| sign.len(),
        );
        &self.0[..length]
    }

    fn skip(&mut self, length: usize) {
        self.0 = self.0[length..].trim_start();
    }
}
