//! What a kind goes by: its name, its plural or its short name, with or without its group.

use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::{Facts, Kind};
use shared::object::group_of;

use super::short_names::short;

/// The kind of the table that goes by this.
pub(super) fn known(text: &str) -> Option<Kind> {
    let (name, group) = split(text);
    let of_group = |kind: &Kind| kind.apis().iter().any(|api| is_in(group_of(api), group));
    let named = |kind: &Kind| is_called(kind.name(), Some(kind.plural()), name);
    let mut kinds = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != Kind::Custom);
    kinds
        .find(|kind| named(kind) && of_group(kind))
        .or_else(|| short(name).filter(of_group))
}

/// The name and the group of `NAME.GROUP`.
pub(super) fn split(text: &str) -> (&str, &str) {
    text.split_once('.').unwrap_or((text, ""))
}

/// kubectl takes the first words of a group too; none is any.
pub(super) fn is_in(group: &str, wanted: &str) -> bool {
    group
        .strip_prefix(wanted)
        .is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// Whether a kind goes by the name; where its plural is not known, by those that it may have.
pub(super) fn is_called(kind: &str, plural: Option<&str>, name: &str) -> bool {
    let kind = kind.to_lowercase();
    let plurals = [
        format!("{kind}s"),
        format!("{kind}es"),
        format!("{}ies", kind.trim_end_matches('y')),
    ];
    kind == name || plural == Some(name) || plurals.iter().any(|plural| plural == name)
}

/// The definitions of the kinds that go by this.
pub(super) fn defined<'a>(
    facts: &'a Facts,
    text: &'a str,
) -> impl Iterator<Item = &'a CustomResourceDefinition> {
    let (name, group) = split(text);
    let all = facts.all::<CustomResourceDefinition>().iter();
    all.filter(move |definition| {
        let names = &definition.spec.names;
        let is_named = is_called(&names.kind, Some(&names.plural), name)
            || names.short_names.iter().any(|short| short == name);
        is_named && is_in(&definition.spec.group, group)
    })
}

/// All plurals that are known, for those who misspelt one.
pub(super) fn plurals(facts: &Facts) -> impl Iterator<Item = &str> {
    let definitions = facts.all::<CustomResourceDefinition>().iter();
    let defined = definitions.map(|definition| definition.spec.names.plural.as_str());
    Kind::ALL.iter().map(|kind| kind.plural()).chain(defined)
}
