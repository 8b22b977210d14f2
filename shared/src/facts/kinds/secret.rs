//! Secrets: that they exist, their type, and the form of a value. Never a value.

use std::collections::BTreeMap;

use super::super::meta::Meta;
use super::super::wire::wire;
pub use super::secret_value::{Form, PlainValue, SecretValue, ValueFacts};

wire! {
    /// A Secret. `data` is absent where its keys were not looked at.
    pub struct Secret {
        pub metadata: Meta,
        pub r#type: String,
        pub data: Option<BTreeMap<String, SecretValue>>,
        pub string_data: Option<BTreeMap<String, PlainValue>>,
        /// A Secret that was applied without being decrypted carries sops' block.
        pub sops: Option<SopsBlock>,
    }

    /// That there is a `sops` block; nothing of it is kept.
    pub struct SopsBlock {}
}

impl Secret {
    /// What is known of a key's value: of `stringData` first, as the API server has it.
    /// Nothing where keys were not looked at.
    pub fn value(&self, key: &str) -> Option<&ValueFacts> {
        let plain = self.string_data.as_ref().and_then(|map| map.get(key));
        let coded = self.data.as_ref().and_then(|map| map.get(key));
        plain.map(|value| &value.0).or(coded.map(|value| &value.0))
    }

    /// Whether the keys were looked at.
    pub fn keys_known(&self) -> bool {
        self.data.is_some() || self.string_data.is_some()
    }

    /// Whether it surely has no such key.
    pub fn lacks(&self, key: &str) -> bool {
        self.keys_known() && self.value(key).is_none()
    }

    /// All keys whose values were looked at.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let coded = self.data.iter().flat_map(BTreeMap::keys);
        let plain = self.string_data.iter().flat_map(BTreeMap::keys);
        coded.chain(plain).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_cut_is_none() {
        let key = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ8H00W3";
        assert_eq!(ValueFacts::of(key.as_bytes()).form, Form::AgeIdentity);
        let cut = &key[..key.len() - 1];
        assert_eq!(ValueFacts::of(cut.as_bytes()).form, Form::Other);
    }

    #[test]
    fn a_value_becomes_its_facts_and_a_snapshot_reads_the_same() {
        let secret: Secret = serde_json::from_str(
            r##"{"metadata":{"name":"sops-age","namespace":"flux-system"},
                "data":{"age.agekey":"IyBhIGtleQpBR0UtU0VDUkVULUtFWS0xUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUThIMDBXMwo=","x":"aHVudGVyMg=="}}"##,
        )
        .unwrap();
        assert_eq!(secret.value("age.agekey").unwrap().form, Form::AgeIdentity);
        assert_eq!(
            secret.value("x"),
            Some(&ValueFacts {
                length: 7,
                ..ValueFacts::default()
            })
        );
        let written = serde_json::to_string(&secret).unwrap();
        assert!(!written.contains("aHVudGVyMg"), "{written}");
        assert_eq!(serde_json::from_str::<Secret>(&written).unwrap(), secret);
    }
}
