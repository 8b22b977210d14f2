//! The value of a key: bare, in quotes, or over several lines.

use super::Reader;

impl Reader<'_> {
    /// Reads it from the rest of the line of its name.
    pub(super) fn value(&mut self, rest: &str) -> Result<String, &'static str> {
        let line = rest.trim_start();
        if line.is_empty() {
            return Ok(String::new());
        }
        let quote = if line.len() > 3 && line.starts_with("\"\"\"") {
            Some("\"\"\"")
        } else if line.starts_with('`') {
            Some("`")
        } else {
            None
        };
        if let Some(quote) = quote {
            let inner = &line[quote.len()..];
            return match inner.rfind(quote) {
                Some(end) => Ok(inner[..end].to_owned()),
                None => self.lines_until(inner, quote),
            };
        }
        let mut line = line.trim();
        if let Some(start) = line.strip_suffix('\\') {
            return Ok(self.continued(start));
        }
        if let Some(at) = line.find(['#', ';']) {
            self.comment.push_str(&line[at..]);
            line = line[..at].trim();
        }
        for quote in ['\'', '"'] {
            let inner = line
                .strip_prefix(quote)
                .and_then(|line| line.strip_suffix(quote));
            if let Some(inner) = inner
                && !inner.contains(quote)
            {
                return Ok(inner.to_owned());
            }
        }
        Ok(line.to_owned())
    }

    /// A value in quotes over several lines.
    fn lines_until(&mut self, start: &str, quote: &str) -> Result<String, &'static str> {
        let mut value = start.to_owned();
        for (_, next) in self.lines.by_ref() {
            let Some(end) = next.rfind(quote) else {
                value.push_str(next);
                continue;
            };
            if next[end + quote.len()..].trim().ends_with('\\') {
                value.push_str(next);
                continue;
            }
            value.push_str(&next[..end]);
            if let Some(at) = next[end..].find(['#', ';']) {
                self.comment.push_str(next[end + at..].trim());
            }
            return Ok(value);
        }
        Err("the quote of its value is not closed")
    }

    /// A value whose lines end in a backslash.
    fn continued(&mut self, start: &str) -> String {
        let mut value = start.to_owned();
        for (_, next) in self.lines.by_ref() {
            let next = next.trim();
            if next.is_empty() {
                break;
            }
            value.push_str(next);
            match value.strip_suffix('\\') {
                Some(start) => value = start.to_owned(),
                None => break,
            }
        }
        value
    }
}
