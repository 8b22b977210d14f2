//! Says what is wrong with a text in words that hold nothing of it: what reads into structs quotes the
//! values that it did not expect, and those may be secrets.

use serde_saphyr::Error as Yaml;

/// What a value may be called that stands where it should not.
const TYPES: [&str; 11] = [
    "boolean",
    "integer",
    "floating point",
    "character",
    "string",
    "byte array",
    "null",
    "unit value",
    "sequence",
    "map",
    "enum",
];

const MALFORMED: &str = "it is malformed";

/// What is wrong with JSON, and where.
pub fn json(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    match line {
        0 => json_reason(error),
        _ => format!("{} at line {line} column {column}", json_reason(error)),
    }
}

/// The same without where, for what is no text of a person's.
pub(crate) fn json_reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if error.is_data() {
        return without_values(&text);
    }
    // What is wrong with the syntax is told in fixed words.
    match text.rsplit_once(" at line ") {
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}

/// What is wrong with YAML, and where.
pub(crate) fn yaml(error: &Yaml) -> String {
    let reason = yaml_reason(error);
    match error.location() {
        Some(at) => format!("{reason} at line {}, column {}", at.line(), at.column()),
        None => reason,
    }
}

fn yaml_reason(error: &Yaml) -> String {
    match error.without_snippet() {
        // The words of the parser, which are fixed but for single characters.
        Yaml::ExternalMessage { msg, .. } => msg.clone(),
        Yaml::DuplicateMappingKey { .. } => "a key stands twice in a mapping".to_owned(),
        Yaml::SerdeInvalidType {
            unexpected,
            expected,
            ..
        } => unlike("invalid type", unexpected, expected),
        Yaml::SerdeInvalidValue {
            unexpected,
            expected,
            ..
        } => unlike("invalid value", unexpected, expected),
        Yaml::SerdeUnknownField { expected, .. } => unknown("field", expected),
        Yaml::SerdeUnknownVariant { expected, .. } => unknown("variant", expected),
        Yaml::SerdeMissingField { field, .. } => format!("missing field `{field}`"),
        Yaml::Unexpected { expected, .. } => format!("expected {expected}"),
        Yaml::Eof { .. } => "it ends early".to_owned(),
        Yaml::UnknownAnchor { .. } => "unknown anchor".to_owned(),
        Yaml::Budget { .. } => "it holds too much for its size".to_owned(),
        Yaml::AliasError { error, .. } => yaml_reason(error),
        _ => MALFORMED.to_owned(),
    }
}

/// What serde says of a value or a name that it did not expect, without it.
fn without_values(text: &str) -> String {
    if ["missing field `", "duplicate field `"]
        .iter()
        .any(|ours| text.starts_with(ours))
    {
        return place_cut(text).to_owned();
    }
    let Some((found, expected)) = text.rsplit_once(", expected ") else {
        return MALFORMED.to_owned();
    };
    let expected = place_cut(expected);
    match found.split_once(": ") {
        Some((what @ ("invalid type" | "invalid value" | "invalid length"), found)) => {
            unlike(what, found, expected)
        }
        _ if found.starts_with("unknown field `") => format!("unknown field, expected {expected}"),
        _ if found.starts_with("unknown variant `") => {
            format!("unknown variant, expected {expected}")
        }
        _ => MALFORMED.to_owned(),
    }
}

fn place_cut(text: &str) -> &str {
    text.split_once(" at line ")
        .map_or(text, |(before, _)| before)
}

fn unlike(what: &str, found: &str, expected: &str) -> String {
    let known = TYPES.iter().find(|known| found.starts_with(**known));
    match known {
        Some(known) => format!("{what}: {known}, expected {expected}"),
        None => format!("{what}, expected {expected}"),
    }
}

fn unknown(what: &str, expected: &[&str]) -> String {
    format!("unknown {what}, expected one of {}", expected.join(", "))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    const CANARY: &str = "canary, expected `a` at line 7";

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[allow(dead_code, reason = "it is only read")]
        list: Vec<u8>,
        #[allow(dead_code, reason = "it is only read")]
        #[serde(default)]
        choice: Option<Choice>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Choice {
        One,
        Two,
    }

    #[test]
    fn nothing_of_a_text_is_told() {
        let texts = [
            format!("{CANARY:?}"),
            format!(r#"{{"list":{CANARY:?}}}"#),
            format!(r#"{{"list":[{CANARY:?}]}}"#),
            format!(r#"{{"list":[],{CANARY:?}:1}}"#),
            format!(r#"{{"list":[],"choice":{CANARY:?}}}"#),
            format!(r#"{{{CANARY:?}:1,{CANARY:?}:2}}"#),
            format!(r#"{{"list":[],"list":{CANARY:?}}}"#),
            format!(r#"{{"list":{CANARY:?}"#),
            format!(r#"{{"list": !!int {CANARY:?}}}"#),
            r#"{"list":[300]}"#.to_owned(),
            "{}".to_owned(),
        ];
        let mut told = Vec::new();
        for text in &texts {
            let error = serde_json::from_str::<Sample>(text).err().unwrap();
            told.push(json(&error));
            let error = serde_saphyr::from_str::<Sample>(text).err().unwrap();
            told.push(yaml(&error));
        }
        for told in &told {
            let is_told = told.contains("canary") || told.contains("300");
            assert!(!is_told && told.contains(" at line 1"), "{told}");
        }
        let some =
            |text: &str| assert!(told.iter().any(|told| told.starts_with(text)), "{told:#?}");
        some("invalid type: string, expected a sequence at line 1");
        some("unknown field, expected `list` or `choice` at line 1");
        some("unknown variant, expected `one` or `two` at line 1");
        some("unknown variant, expected one of one, two at line 1");
        some("a key stands twice in a mapping at line 1");
        some("missing field `list` at line 1");
        some("expected value at line 1");
    }
}
