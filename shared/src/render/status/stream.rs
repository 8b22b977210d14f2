//! Rows one after the other, as things change: in the columns of the first, as kubectl's `-w` has it.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::super::palette;
use super::Table;
use super::rows::Columns;
use crate::status::{Item, StatusReport};

/// What stands between columns.
const GAP: usize = 3;

/// The columns of rows that are not all known yet.
pub struct Stream {
    columns: Columns,
    widths: Vec<usize>,
}

impl Stream {
    /// Columns that fit what is there now; `of_one_kind` says that names need not tell theirs.
    pub fn new(report: &StatusReport, table: Table, of_one_kind: bool) -> Self {
        let columns = Columns {
            namespace: true,
            kind: !of_one_kind,
            ..Columns::of(report, table)
        };
        let heads = columns.heads();
        let mut widths: Vec<usize> = heads.iter().map(|head| head.len()).collect();
        for item in &report.items {
            for (width, cell) in widths.iter_mut().zip(columns.cells(item)) {
                *width = display_width(&cell).max(*width);
            }
        }
        Self { columns, widths }
    }

    /// Writes the heads of the columns.
    ///
    /// # Errors
    /// When writing fails.
    pub fn heads(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.line(&self.columns.heads()))
    }

    /// Writes the row of an object, whole.
    ///
    /// # Errors
    /// When writing fails.
    pub fn row(&self, item: &Item, out: &mut impl Write) -> io::Result<()> {
        let style = palette::of_status(item.status);
        let line = self.line(&self.columns.cells(item));
        writeln!(out, "{style}{line}{style:#}")
    }

    fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            line.push_str(cell);
            let blanks = width.saturating_sub(display_width(cell)) + GAP;
            line.extend(std::iter::repeat_n(' ', blanks));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Status;
    use crate::object::ObjectRef;

    fn item(name: &str, status: Status, reason: &str) -> Item {
        Item {
            cluster: None,
            object: ObjectRef::new("apps/v1", "Deployment", "web", name),
            component: None,
            status,
            reason: reason.to_owned(),
            message: String::new(),
            age: Some("5m".to_owned()),
            owner: None,
        }
    }

    fn told(of_one_kind: bool) -> String {
        let report = StatusReport::new(vec![item("site", Status::Current, "")], vec![]);
        let table = Table {
            headers: true,
            wide: false,
        };
        let stream = Stream::new(&report, table, of_one_kind);
        let mut out = Vec::new();
        stream.heads(&mut out).unwrap();
        stream.row(&report.items[0], &mut out).unwrap();
        let late = item("a-longer-name", Status::Current, "Repl\u{1b}icas\nMissing");
        stream.row(&late, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_change_is_a_line_below_the_heads() {
        assert_eq!(
            told(true),
            "NAMESPACE   NAME   STATUS    AGE   REASON\n\
             web         site   Current   5m\n\
             web         a-longer-name   Current   5m    Repl\u{fffd}icas Missing\n"
        );
        assert!(told(false).contains("\nweb         deployment/site   Current"));
    }
}
