//! What a kind goes by: its name, its plural or its short name, with or without its group.

use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::{Facts, Kind};
use shared::object::group_of;

use super::short_names::short;

/// What a kind goes by, in words: `NAME`, `NAME.GROUP` or `NAME.VERSION.GROUP`.
pub(super) struct Words<'a> {
    pub(super) name: &'a str,
    version: Option<&'a str>,
    group: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (name, rest) = text.split_once('.').unwrap_or((text, ""));
        let versioned = rest.split_once('.').filter(|(first, _)| is_version(first));
        let (version, group) = versioned.map_or((None, rest), |(one, rest)| (Some(one), rest));
        Self {
            name,
            version,
            group,
        }
    }

    /// Whether a kind of this API is meant. kubectl takes the first words of a group too, but with a version; none is any.
    pub(super) fn are_of(&self, api_version: &str) -> bool {
        let version = api_version.rsplit('/').next();
        self.are_of_group(group_of(api_version))
            && (self.version.is_none() || self.version == version)
    }

    fn are_of_group(&self, group: &str) -> bool {
        let rest = group.strip_prefix(self.group);
        rest.is_some_and(|rest| {
            let is_begun = self.version.is_none() && rest.starts_with('.');
            self.group.is_empty() || rest.is_empty() || is_begun
        })
    }
}

/// Whether it is one of Kubernetes' versions: `v1`, `v2beta1`.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v').unwrap_or_default();
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let stage = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < number.len() && matches!(stage, "" | "alpha" | "beta")
}

/// The kind of the table that goes by this.
pub(super) fn known(text: &str) -> Option<Kind> {
    let words = Words::of(text);
    let is_meant = |kind: &Kind| kind.apis().iter().any(|api| words.are_of(api));
    let named = |kind: &Kind| is_called(kind.name(), Some(kind.plural()), words.name);
    let mut kinds = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != Kind::Custom);
    kinds
        .find(|kind| named(kind) && is_meant(kind))
        .or_else(|| short(words.name).filter(is_meant))
}

/// Whether a kind goes by the name; where its plural is not known, by those that it may have.
pub(super) fn is_called(kind: &str, plural: Option<&str>, name: &str) -> bool {
    let kind = kind.to_lowercase();
    let is_plural = match plural {
        Some(plural) => plural == name,
        None => may_be_plural(&kind, name),
    };
    kind == name || is_plural
}

fn may_be_plural(kind: &str, name: &str) -> bool {
    let hisses = ["s", "x", "z", "ch", "sh"];
    let is_hissed = hisses.iter().any(|end| kind.ends_with(end));
    let ending = name.strip_prefix(kind);
    let of_y = kind
        .strip_suffix('y')
        .and_then(|stem| name.strip_prefix(stem));
    ending == Some("s") || is_hissed && ending == Some("es") || of_y == Some("ies")
}

/// The definitions of the kinds that go by this.
pub(super) fn defined<'a>(
    facts: &'a Facts,
    text: &'a str,
) -> impl Iterator<Item = &'a CustomResourceDefinition> {
    let words = Words::of(text);
    let all = facts.all::<CustomResourceDefinition>().iter();
    all.filter(move |definition| {
        let CustomResourceDefinition { spec, .. } = definition;
        let is_named = is_called(&spec.names.kind, Some(&spec.names.plural), words.name)
            || spec
                .names
                .short_names
                .iter()
                .any(|short| short == words.name);
        let mut versions = spec.versions.iter().map(|version| version.name.as_str());
        is_named
            && words.are_of_group(&spec.group)
            && words
                .version
                .is_none_or(|wanted| versions.any(|one| one == wanted))
    })
}

/// All plurals that are known, for those who misspelt one.
pub(super) fn plurals(facts: &Facts) -> impl Iterator<Item = &str> {
    let definitions = facts.all::<CustomResourceDefinition>().iter();
    let defined = definitions.map(|definition| definition.spec.names.plural.as_str());
    Kind::ALL.iter().map(|kind| kind.plural()).chain(defined)
}
