//! The lists of a snapshot as files: written from facts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::index::{self, Entry, Index};
use crate::facts::{Fact, Facts, Kind, Reason, for_kind};
use crate::failure::{Context, Result};

/// A list as `kubectl get -o json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a, F> {
    api_version: &'a str,
    kind: String,
    items: Vec<&'a F>,
}

/// Hands each file of a snapshot, the index first, to `write`.
pub(super) fn files(facts: &Facts, mut write: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
    let is_known = |kind: &Kind| {
        let gap = facts.gap(*kind);
        gap.is_none_or(|gap| gap.reason != Reason::NotInFile)
    };
    let asked: Vec<Kind> = Kind::ALL.iter().copied().filter(is_known).collect();
    let entries = asked
        .iter()
        .map(|kind| for_kind!(*kind, F => entry::<F>(facts)));
    let index = Index::new(facts.now, entries.collect());
    let text = serde_json::to_vec_pretty(&index).context("cannot write the index")?;
    write(index::FILE, &text)?;
    for kind in asked {
        for_kind!(kind, F => {
            for ((api_version, kind), items) in by_type::<F>(facts) {
                let list = List { api_version, kind: format!("{kind}List"), items };
                let text = serde_json::to_vec(&list).context("cannot write a list")?;
                write(&file_name(api_version, kind), &text)?;
            }
        });
    }
    Ok(())
}

fn entry<F: Fact>(facts: &Facts) -> Entry {
    let types = by_type::<F>(facts);
    Entry {
        resource: index::resource(F::KIND),
        files: types
            .keys()
            .map(|(api_version, kind)| file_name(api_version, kind))
            .collect(),
        objects: facts.count(F::KIND),
        gap: facts.gap(F::KIND).cloned(),
    }
}

fn by_type<F: Fact>(facts: &Facts) -> BTreeMap<(&str, &str), Vec<&F>> {
    let mut types: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for fact in facts.all::<F>() {
        let meta = fact.meta();
        let key = (meta.api_version.as_ref(), meta.kind.as_ref());
        types.entry(key).or_default().push(fact);
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
