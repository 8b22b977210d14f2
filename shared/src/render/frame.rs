//! A text that takes the place of the one before it, on a terminal.

use std::io::{self, Write};

use textwrap::core::display_width;

/// What was painted last.
#[derive(Debug, Default)]
pub struct Frame {
    text: String,
    rows: usize,
}

impl Frame {
    /// Paints a text over the last one, as much of it as a terminal of this size holds; nothing
    /// where all is as before.
    ///
    /// # Errors
    /// When writing fails.
    pub fn paint(
        &mut self,
        text: &str,
        columns: usize,
        rows: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let shown = cut(text, columns, rows);
        if shown == self.text {
            return Ok(());
        }
        if self.rows > 0 {
            write!(out, "\x1b[{}A", self.rows)?;
        }
        write!(out, "\r")?;
        for line in shown.lines() {
            writeln!(out, "{line}\x1b[K")?;
        }
        write!(out, "\x1b[J")?;
        out.flush()?;
        self.rows = shown.lines().map(|line| rows_of(line, columns)).sum();
        self.text = shown;
        Ok(())
    }
}

/// How many rows a line takes.
fn rows_of(line: &str, columns: usize) -> usize {
    display_width(line).div_ceil(columns.max(1)).max(1)
}

/// As many lines as fit, with one below them for the cursor, and one to say how many do not.
fn cut(text: &str, columns: usize, rows: usize) -> String {
    let room = rows.saturating_sub(1);
    let total: usize = text.lines().map(|line| rows_of(line, columns)).sum();
    if total <= room {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut used = 0;
    let mut lines = text.lines();
    let mut left = lines.clone().count();
    for line in lines.by_ref() {
        used += rows_of(line, columns);
        if used >= room {
            break;
        }
        shown.push_str(line);
        shown.push('\n');
        left -= 1;
    }
    format!("{shown}... {left} more lines\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(frame: &mut Frame, text: &str) -> String {
        let mut out = Vec::new();
        frame.paint(text, 10, 5, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_last_text_is_painted_over_once_it_changes() {
        let mut frame = Frame::default();
        assert_eq!(painted(&mut frame, "a\nb\n"), "\ra\x1b[K\nb\x1b[K\n\x1b[J");
        assert_eq!(painted(&mut frame, "a\nb\n"), "");
        assert_eq!(painted(&mut frame, "c\n"), "\x1b[2A\rc\x1b[K\n\x1b[J");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut frame = Frame::default();
        let text = "1\n2 which wraps, as it is long\n3\n4\n5\n";
        let shown = "1\n2 which wraps, as it is long\n... 3 more lines\n";
        assert_eq!(cut(text, 20, 5), shown);
        frame.paint(text, 20, 5, &mut Vec::new()).unwrap();
        assert_eq!(frame.rows, 4);
        assert_eq!(cut("1\n2\n3\n4\n", 10, 5), "1\n2\n3\n4\n");
    }
}
