//! The form of a Secret's value, which is all that is kept of it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bech32::Bech32;
use bech32::primitives::decode::CheckedHrpstring;
use serde::{Deserialize, Deserializer, Serialize, de};
use zeroize::Zeroizing;

use super::x509::X509;

/// What a value looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// No bytes at all.
    Empty,
    /// Lines of age identities (`AGE-SECRET-KEY-1...`, also post-quantum), comments allowed.
    AgeIdentity,
    /// An age recipient (`age1...`) where a private key is expected.
    AgeRecipient,
    /// Text that sops encrypted.
    SopsEncrypted,
    /// PEM blocks.
    Pem,
    /// JSON.
    Json,
    /// Anything else.
    #[default]
    Other,
}

/// What is kept of a value: its length in bytes, its form, and what a certificate tells everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueFacts {
    /// Bytes.
    pub length: usize,
    /// What it looks like.
    pub form: Form,
    /// The first certificate of a chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Box<X509>>,
}

impl ValueFacts {
    /// Looks at a value.
    pub fn of(value: &[u8]) -> Self {
        let text = std::str::from_utf8(value).unwrap_or_default().trim_ascii();
        let mut lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let form = if value.is_empty() {
            Form::Empty
        } else if lines.clone().next().is_some() && lines.all(is_age_identity) {
            Form::AgeIdentity
        } else if text.starts_with("age1") && !text.contains(char::is_whitespace) {
            Form::AgeRecipient
        } else if text.starts_with("ENC[") {
            Form::SopsEncrypted
        } else if text.starts_with("-----BEGIN ") {
            Form::Pem
        } else if text.starts_with('{') && text.ends_with('}') {
            Form::Json
        } else {
            Form::Other
        };
        Self {
            length: value.len(),
            form,
            certificate: X509::first(value).map(Box::new),
        }
    }
}

/// Bech32 with its checksum, so that a key that was cut or mistyped is none.
/// See <https://github.com/C2SP/C2SP/blob/main/age.md>.
fn is_age_identity(line: &str) -> bool {
    let is_of_age = ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1", "AGE-PLUGIN-"]
        .iter()
        .any(|prefix| line.starts_with(prefix));
    is_of_age && CheckedHrpstring::new::<Bech32>(line.trim_end()).is_ok()
}

/// What is known of a base64 value of `data`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SecretValue(pub ValueFacts);

/// What is known of a value of `stringData`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PlainValue(pub ValueFacts);

/// Reads a value's facts: from the value itself, or as a snapshot wrote them.
struct FactsReader {
    decode: bool,
}

impl<'de> de::Visitor<'de> for FactsReader {
    type Value = ValueFacts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Secret's value")
    }

    fn visit_str<E>(self, text: &str) -> Result<ValueFacts, E> {
        if self.decode && !text.starts_with("ENC[") {
            let packed: Zeroizing<Vec<u8>> = text
                .bytes()
                .filter(|b| !b.is_ascii_whitespace())
                .collect::<Vec<_>>()
                .into();
            return Ok(STANDARD.decode(&*packed).map(Zeroizing::new).map_or(
                ValueFacts {
                    length: text.len(),
                    ..ValueFacts::default()
                },
                |value| ValueFacts::of(&value),
            ));
        }
        Ok(ValueFacts::of(text.as_bytes()))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ValueFacts, A::Error> {
        ValueFacts::deserialize(de::value::MapAccessDeserializer::new(map))
    }

    fn visit_unit<E>(self) -> Result<ValueFacts, E> {
        Ok(ValueFacts::of(&[]))
    }

    fn visit_none<E>(self) -> Result<ValueFacts, E> {
        Ok(ValueFacts::of(&[]))
    }

    fn visit_bool<E>(self, _: bool) -> Result<ValueFacts, E> {
        Ok(ValueFacts::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<ValueFacts, E> {
        Ok(ValueFacts::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<ValueFacts, E> {
        Ok(ValueFacts::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<ValueFacts, E> {
        Ok(ValueFacts::default())
    }
}

impl<'de> Deserialize<'de> for SecretValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(FactsReader { decode: true })
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for PlainValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(FactsReader { decode: false })
            .map(Self)
    }
}
