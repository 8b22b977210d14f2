//! Columns without borders, as kubectl prints lists.

use std::iter;

use tabled::builder::Builder;
use tabled::settings::{Padding, Style};

/// Between two columns.
const GAP: usize = 3;

/// The rows as lines whose cells stand below each other. The last column is no part of the table: a long text in one
/// row would make all others as long.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let heads = rows.iter().filter_map(|row| row.split_last());
    let heads = heads.map(|(_, before)| before.iter().map(String::as_str));
    let mut table = Builder::from_iter(heads).build();
    table.with(Style::empty()).with(Padding::new(0, GAP, 0, 0));
    let heads = table.to_string();
    let heads = heads.lines().chain(iter::repeat(""));
    let lasts = rows.iter().map(|row| row.last().map_or("", String::as_str));
    heads
        .zip(lasts)
        .map(|(head, last)| format!("{head}{last}").trim_end().to_owned())
        .collect()
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
        assert_eq!(
            aligned(&[vec!["a".to_owned()], vec!["b".to_owned()]]),
            ["a", "b"]
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
