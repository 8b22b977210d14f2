//! What a shell offers for `KIND[/NAME]`.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;
use cli::complete::{Named, named, words};
use shared::facts::Kind;

use super::kind_name::known;

/// Kinds, and behind a slash or a kind the names of its objects.
pub(super) fn targets(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(current) = current.to_str() else {
        return Vec::new();
    };
    let before = words("targets").into_iter().next();
    let by_kind = before.filter(|first| !first.contains('/'));
    let all: Vec<String> = match (current.split_once('/'), by_kind) {
        (Some((kind, _)), _) => {
            let names = of_kind(kind).into_iter();
            names.map(|one| format!("{kind}/{}", one.name)).collect()
        }
        (None, Some(kind)) => of_kind(&kind).into_iter().map(|one| one.name).collect(),
        (None, None) => kinds().collect(),
    };
    let mut all: Vec<_> = all
        .into_iter()
        .filter(|one| one.starts_with(current))
        .collect();
    all.sort();
    all.dedup();
    all.into_iter().map(CompletionCandidate::new).collect()
}

fn kinds() -> impl Iterator<Item = String> {
    let all = Kind::ALL.iter().filter(|kind| **kind != Kind::Custom);
    all.map(|kind| kind.plural().to_owned())
}

fn of_kind(kind: &str) -> Vec<Named> {
    known(&kind.to_lowercase()).map_or_else(Vec::new, |kind| named(kind, ""))
}
