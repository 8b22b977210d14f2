//! The lists of a snapshot as files: written from facts.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::index::{self, Entry, Index};
use crate::facts::meta::Meta;
use crate::facts::{Fact, Facts, Kind, Reason, for_kind};
use crate::failure::{Context, Result};

/// A list as `kubectl get -o json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a, F> {
    api_version: &'a str,
    kind: String,
    items: Chosen<'a, F>,
}

/// Some objects of a list, by their places in it.
struct Chosen<'a, F>(&'a [F], Vec<usize>);

impl<F: Serialize> Serialize for Chosen<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().filter_map(|at| self.0.get(*at)))
    }
}

/// Hands each file of a snapshot, the index first, to `write`.
pub(super) fn files(facts: &Facts, write: &mut dyn FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
    let is_known = |kind: &Kind| {
        let gap = facts.gap(*kind);
        gap.is_none_or(|gap| gap.reason != Reason::NotInFile)
    };
    let asked: Vec<Kind> = Kind::ALL.iter().copied().filter(is_known).collect();
    let entries = asked
        .iter()
        .map(|kind| entry(facts, *kind, &types(facts, *kind)));
    let index = Index::new(facts.now, entries.collect());
    let text = serde_json::to_vec_pretty(&index).context("cannot write the index")?;
    write(index::FILE, &text)?;
    for kind in asked {
        for ((api_version, name), places) in types(facts, kind) {
            let kind_of_list = format!("{name}List");
            let text = for_kind!(kind, F => {
                let items = Chosen(facts.all::<F>(), places);
                serde_json::to_vec(&List { api_version, kind: kind_of_list, items })
            });
            write(
                &file_name(api_version, name),
                &text.context("cannot write a list")?,
            )?;
        }
    }
    Ok(())
}

fn types(facts: &Facts, kind: Kind) -> Types<'_> {
    for_kind!(kind, F => by_type(&mut facts.all::<F>().iter().map(F::meta)))
}

fn entry(facts: &Facts, kind: Kind, types: &Types<'_>) -> Entry {
    Entry {
        resource: index::resource(kind),
        files: types
            .keys()
            .map(|(api_version, kind)| file_name(api_version, kind))
            .collect(),
        objects: facts.count(kind),
        gap: facts.gap(kind).cloned(),
    }
}

/// The places of the objects of each version and kind.
type Types<'a> = BTreeMap<(&'a str, &'a str), Vec<usize>>;

fn by_type<'a>(all: &mut dyn Iterator<Item = &'a Meta>) -> Types<'a> {
    let mut types = Types::new();
    for (at, meta) in all.enumerate() {
        let key = (meta.api_version.as_ref(), meta.kind.as_ref());
        types.entry(key).or_default().push(at);
    }
    types
}

/// `apps.v1.Deployment.json`. Both names come from a cluster: only plain characters are kept.
fn file_name(api_version: &str, kind: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => c,
        '/' => '.',
        _ => '_',
    };
    let name: String = format!("{api_version}/{kind}").chars().map(plain).collect();
    format!("{}.json", name.trim_start_matches('.'))
}
