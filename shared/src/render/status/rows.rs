//! A row for each object, as kubectl prints lists.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::aligned::aligned;
use super::super::clean::clean;
use super::super::page::Page;
use super::super::palette;
use super::Table;
use crate::health::Status;
use crate::status::{Item, StatusReport};

/// Writes a row for each object.
///
/// # Errors
/// When writing fails.
pub fn rows(
    report: &StatusReport,
    table: Table,
    page: Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let columns = Columns::of(report, table);
    let mut all = Vec::new();
    all.extend(table.headers.then(|| columns.heads()));
    all.extend(report.items.iter().map(|item| {
        let mut cells = columns.cells(item);
        if !table.wide {
            // No more of a cell is seen, and its column need not be wider.
            for cell in &mut cells {
                let cut = match Page::cut_end(cell, page.width) {
                    Cow::Borrowed(_) => continue,
                    Cow::Owned(cut) => cut,
                };
                *cell = cut;
            }
        }
        cells
    }));
    let heads = usize::from(table.headers);
    let items = std::iter::repeat_n(None, heads).chain(report.items.iter().map(Some));
    for (line, item) in aligned(&all).into_iter().zip(items) {
        let style = item.map_or(palette::of_status(Status::Current), |item: &Item| {
            palette::of_status(item.status)
        });
        let shown = if table.wide {
            Cow::Borrowed(line.as_str())
        } else {
            Page::cut_end(&line, page.width)
        };
        writeln!(out, "{style}{shown}{style:#}")?;
    }
    super::not_looked_at(report, page, out)
}

/// Which columns there are: only those in which rows differ.
pub(super) struct Columns {
    pub(super) cluster: bool,
    pub(super) namespace: bool,
    pub(super) kind: bool,
    pub(super) wide: bool,
}

impl Columns {
    pub(super) fn of(report: &StatusReport, table: Table) -> Self {
        let items = &report.items;
        Self {
            cluster: items.iter().any(|item| item.cluster.is_some()),
            namespace: items.iter().any(|item| item.object.namespace.is_some()),
            kind: items
                .windows(2)
                .any(|two| two[0].object.kind != two[1].object.kind),
            wide: table.wide,
        }
    }

    fn chosen<T>(&self, all: [T; 7]) -> impl Iterator<Item = T> {
        let shown = [
            self.cluster,
            self.namespace,
            true,
            true,
            true,
            self.wide,
            true,
        ];
        all.into_iter()
            .zip(shown)
            .filter(|(_, shown)| *shown)
            .map(|(cell, _)| cell)
    }

    pub(super) fn heads(&self) -> Vec<String> {
        let heads = [
            "CLUSTER",
            "NAMESPACE",
            "NAME",
            "STATUS",
            "AGE",
            "COMPONENT",
            "REASON",
        ];
        self.chosen(heads).map(ToOwned::to_owned).collect()
    }

    pub(super) fn cells(&self, item: &Item) -> Vec<String> {
        let object = &item.object;
        let name = if self.kind {
            format!("{}/{}", object.kind.to_lowercase(), object.name)
        } else {
            object.name.clone()
        };
        let cells = [
            item.cluster.as_deref().unwrap_or_default(),
            object.namespace(),
            &name,
            item.status.word(),
            item.age.as_deref().unwrap_or("<unknown>"),
            item.component.as_deref().unwrap_or("<none>"),
            &item.why(),
        ];
        self.chosen(cells)
            .map(|cell| clean(cell).into_owned())
            .collect()
    }
}
