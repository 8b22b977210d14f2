//! A line for each component, and below it the objects that are not as they are meant to be.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::super::aligned::aligned;
use super::super::clean::clean;
use super::super::name::name;
use super::super::page::Page;
use super::super::palette;
use super::Table;
use crate::health::Status;
use crate::object::ObjectRef;
use crate::status::{Item, StatusReport};

/// What belongs to no component that is known.
const OTHER: &str = "other";
/// The longest status word and a space: `Terminating `.
const STATUS: usize = 12;

type Key<'a> = (Option<&'a str>, bool, &'a str);

/// Writes the table. Unless it is wide, what an unwell object has made is folded into it.
///
/// # Errors
/// When writing fails.
pub fn by_component(
    report: &StatusReport,
    table: Table,
    page: Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Item>> = BTreeMap::new();
    for item in &report.items {
        let name = item.component.as_deref().unwrap_or(OTHER);
        let key = (item.cluster.as_deref(), name == OTHER, name);
        groups.entry(key).or_default().push(item);
    }
    let mut lines = overview(report, &groups, table).into_iter();
    if table.headers {
        writeln!(out, "{}", lines.next().unwrap_or_default())?;
    }
    let unwell = unwell(&report.items);
    for (line, items) in lines.zip(groups.values()) {
        let style = palette::of_status(worst(items));
        writeln!(out, "{style}{line}{style:#}")?;
        for item in items.iter().filter(|item| item.status != Status::Current) {
            if table.wide || !is_made_by(item, &unwell) {
                write_unwell(item, table, page, out)?;
            }
        }
    }
    super::not_looked_at(report, page, out)
}

fn overview(
    report: &StatusReport,
    groups: &BTreeMap<Key<'_>, Vec<&Item>>,
    table: Table,
) -> Vec<String> {
    let several = groups.keys().any(|(cluster, ..)| cluster.is_some());
    let mut rows = Vec::new();
    let mut push = |cluster: &str, cells: [&str; 4]| {
        let cells = several.then_some(cluster).into_iter().chain(cells);
        rows.push(cells.map(str::to_owned).collect());
    };
    if table.headers {
        push("CLUSTER", ["COMPONENT", "STATUS", "CURRENT", "VERSION"]);
    }
    for ((cluster, _, name), items) in groups {
        let current = items
            .iter()
            .filter(|item| item.status == Status::Current)
            .count();
        let key = (cluster.map(ToOwned::to_owned), (*name).to_owned());
        let version = report.versions.get(&key).map_or("", String::as_str);
        let counts = format!("{current}/{}", items.len());
        let cells = [&clean(name), worst(items).word(), &counts, &clean(version)];
        push(&clean(cluster.unwrap_or_default()), cells);
    }
    aligned(&rows)
}

fn worst(items: &[&Item]) -> Status {
    items
        .iter()
        .map(|item| item.status)
        .max()
        .unwrap_or(Status::Current)
}

type Unwell<'a> = HashMap<(Option<&'a str>, &'a ObjectRef), &'a Item>;

fn unwell(items: &[Item]) -> Unwell<'_> {
    let unwell = items.iter().filter(|item| item.status != Status::Current);
    unwell
        .map(|item| ((item.cluster.as_deref(), &item.object), item))
        .collect()
}

/// Makers of makers, at most: an owner may be named in a circle.
const DEEPEST: usize = 8;

/// Whether what has made an object, or has made that, fares as badly: what fails below something that is only on its
/// way tells why.
fn is_made_by(item: &Item, unwell: &Unwell<'_>) -> bool {
    let maker = |made: &&Item| {
        let owner = made.owner.as_ref()?;
        unwell.get(&(made.cluster.as_deref(), owner)).copied()
    };
    let mut makers = std::iter::successors(maker(&item), maker).take(DEEPEST);
    makers.any(|maker| maker.status >= item.status)
}

fn write_unwell(item: &Item, table: Table, page: Page, out: &mut impl Write) -> io::Result<()> {
    let style = palette::of_status(item.status);
    let word = item.status.word();
    let why = item.why();
    let why = clean(&why);
    let joint = if why.is_empty() { "" } else { ": " };
    let mut text = format!("{}{joint}{why}", name(&item.object));
    if table.wide {
        text.push_str(
            &item
                .age
                .as_deref()
                .map_or(String::new(), |age| format!(" ({age})")),
        );
    } else {
        text = Page::cut_end(&text, page.width.saturating_sub(STATUS + 2)).into_owned();
    }
    writeln!(out, "  {style}{word:<STATUS$}{style:#}{text}")
}
