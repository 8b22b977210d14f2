//! Prints addresses and records.

use std::io::Write;

use serde::Serialize;
use shared::failure::Result;
use shared::object::API_VERSION;
use shared::render::{self, clean};

use super::address::Answer;
use super::record::{ALIAS, Record};
use cli::output::print;

/// A list, as scripts read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a, T> {
    api_version: &'static str,
    kind: &'static str,
    items: &'a [T],
}

/// Prints a list as JSON.
pub(super) fn json<T: Serialize>(kind: &'static str, items: &[T]) -> Result<()> {
    let list = List {
        api_version: API_VERSION,
        kind,
        items,
    };
    print(|out| render::json(&list, out))
}

/// Prints each address once, one a line.
pub(super) fn addresses(answers: &[&Answer]) -> Result<()> {
    let mut told: Vec<&str> = Vec::new();
    for address in answers.iter().flat_map(|answer| &answer.addresses) {
        if !told.contains(&address.as_str()) {
            told.push(address);
        }
    }
    print(|out| {
        told.iter()
            .try_for_each(|address| writeln!(out, "{}", clean(address)))
    })
}

/// Prints records as lines of a zone.
pub(super) fn zone(records: &[Record]) -> Result<()> {
    print(|out| {
        for record in records {
            for value in &record.values {
                let dot = if record.r#type == ALIAS { "." } else { "" };
                let (name, value) = (clean(&record.name), clean(value));
                writeln!(out, "{name}. IN {} {value}{dot}", record.r#type)?;
            }
        }
        Ok(())
    })
}

/// Prints records as a table; what names resolve to today only where it was asked.
pub(super) fn table(records: &[Record]) -> Result<()> {
    let is_asked = records.iter().any(|record| record.resolves_to.is_some());
    let mut heads = ["NAME", "TYPE", "VALUE"].map(str::to_owned).to_vec();
    heads.extend(is_asked.then(|| "TODAY".to_owned()));
    let mut rows = vec![heads];
    for record in records {
        let values = record.values.join(",");
        let mut cells = vec![
            clean(&record.name).into_owned(),
            record.r#type.to_owned(),
            clean(&values).into_owned(),
        ];
        cells.extend(is_asked.then(|| today(record)));
        rows.push(cells);
    }
    let lines = render::aligned(&rows);
    print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
}

fn today(record: &Record) -> String {
    let found = record.resolves_to.as_deref();
    match (record.is_right, found) {
        (Some(true), _) => "right".to_owned(),
        (_, None) => "no answer".to_owned(),
        (_, Some([])) => "no such name".to_owned(),
        (right, Some(all)) => {
            let all: Vec<_> = all.iter().map(ToString::to_string).collect();
            let verdict = if right.is_none() {
                "leads to"
            } else {
                "elsewhere:"
            };
            format!("{verdict} {}", all.join(","))
        }
    }
}
