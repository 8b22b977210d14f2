//! Columns without borders, as kubectl prints lists.

use textwrap::core::display_width;

/// Between two columns.
const GAP: usize = 3;

/// How wide columns are.
pub(super) struct Widths(Vec<usize>);

impl Widths {
    /// Those that rows need.
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a Vec<String>>) -> Self {
        let mut widths = Vec::new();
        for row in rows {
            widths.resize(row.len().max(widths.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = display_width(cell).max(*width);
            }
        }
        Self(widths)
    }

    /// A row's cells on a line. Nothing follows the last, which may be far longer in another row.
    pub(super) fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        let mut blanks = 0;
        for (cell, width) in cells.iter().zip(&self.0) {
            if !cell.is_empty() {
                line.extend(std::iter::repeat_n(' ', blanks));
                line.push_str(cell);
                blanks = 0;
            }
            blanks += width.saturating_sub(display_width(cell)) + GAP;
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// The rows as lines whose cells stand below each other; nothing follows the last of a line.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let widths = Widths::of(rows);
    rows.iter().map(|row| widths.line(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: [&str; 3]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn cells_stand_below_each_other_without_blanks_at_the_end() {
        let rows = [
            row(["NAME", "", "WHY"]),
            row(["traefik", "", ""]),
            row(["a", "b", "c "]),
        ];
        assert_eq!(
            aligned(&rows),
            ["NAME          WHY", "traefik", "a         b   c"]
        );
    }

    /// Each line as long as the longest of the last cells would be ten thousand million columns.
    #[test]
    fn one_long_cell_makes_no_other_line_longer() {
        let mut rows = vec![row(["a", "b", "c"]); 100_000];
        rows.push(row(["a", "b", &"c".repeat(100_000)]));
        let all: usize = aligned(&rows).iter().map(String::len).sum();
        assert!(all < 1_200_000, "{all}");
    }
}
