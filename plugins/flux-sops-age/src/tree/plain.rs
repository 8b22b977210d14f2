//! A file that is not encrypted: whether a rule means that it should be.

use std::path::Path;

use memchr::memmem;
use shared::sops::{Document, Format};

use super::aim::Aim;
use super::form::{Form, Plain};
use super::manifest::Manifests;
use super::reach::{self, Reach};
use super::rules::Rules;

/// Reads a plain file.
pub(super) fn read(
    bytes: &[u8],
    format: Format,
    path: &Path,
    rules: Option<&Rules>,
) -> (Form, Manifests) {
    let rule = rules.and_then(|rules| Some((rules, rules.rule_for(path)?)));
    let aim = rule
        .as_ref()
        .map_or(Aim::SecretsOnly, |(rules, rule)| Aim::of(rules, rule, path));
    let is_text = format != Format::Binary;
    if !(is_text && (mentions_kind(bytes) || aim != Aim::SecretsOnly)) {
        let reach = (aim == Aim::File && !bytes.is_empty()).then(Reach::whole);
        return (Form::Plain(Plain { reach }), Manifests::default());
    }
    let mut document = match Document::read_plain(bytes, format) {
        Ok(document) => document,
        Err(failure) => {
            let form = unparsed(bytes, aim, failure.to_string());
            return (form, Manifests::default());
        }
    };
    let manifests = Manifests::of(&document);
    let reach = rule.and_then(|(_, rule)| reach::first(&mut document, &manifests, &rule, aim));
    (Form::Plain(Plain { reach }), manifests)
}

/// A template is no YAML yet, and means nothing by itself.
fn unparsed(bytes: &[u8], aim: Aim, why: String) -> Form {
    let holds = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    if aim == Aim::File {
        let reach = Some(Reach::whole());
        return Form::Plain(Plain { reach });
    }
    if holds(b"kind: Secret\n") && !holds(b"{{") {
        return Form::Unread(why);
    }
    Form::Plain(Plain::default())
}

/// Whether it may hold objects, or name files that do.
fn mentions_kind(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 6] = [
        b"kind",
        b"secretGenerator",
        b"resources",
        b"components",
        b"bases",
        b"patches",
    ];
    let holds = |mark| memmem::find(bytes, mark).is_some();
    MARKS.into_iter().any(holds)
}
