//! Columns without borders, as kubectl prints lists.

use tabled::builder::Builder;
use tabled::settings::{Padding, Style};

/// Between two columns.
const GAP: usize = 3;

/// The rows as lines whose cells stand below each other; nothing follows the last of a line.
pub fn aligned(rows: Builder) -> Vec<String> {
    let mut table = rows.build();
    table.with(Style::empty()).with(Padding::new(0, GAP, 0, 0));
    let lines = table.to_string();
    lines
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other_without_blanks_at_the_end() {
        let rows = Builder::from_iter([["NAME", "WHY"], ["traefik", ""]]);
        assert_eq!(aligned(rows), ["NAME      WHY", "traefik"]);
    }
}
