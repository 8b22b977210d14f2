//! Names with values, such as labels, in as little memory as they need.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::Text;

/// A small map, by name. What has the same name as an earlier one replaces it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs<V = Text>(Box<[(Text, V)]>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<V> Pairs<V> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        let at = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(name));
        at.ok()
            .and_then(|at| self.0.get(at))
            .map(|(_, value)| value)
    }

    /// Whether there is such a name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &V)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V> FromIterator<(Text, V)> for Pairs<V> {
    fn from_iter<I: IntoIterator<Item = (Text, V)>>(pairs: I) -> Self {
        let mut all: Vec<(Text, V)> = pairs.into_iter().collect();
        // The server sorts maps; what is in order needs no more than a look.
        if !all.is_sorted_by(|(a, _), (b, _)| a < b) {
            all.reverse();
            all.sort_by(|(a, _), (b, _)| a.cmp(b));
            all.dedup_by(|(later, _), (earlier, _)| later == earlier);
        }
        Self(all.into_boxed_slice())
    }
}

impl<'de, V: Deserialize<'de> + Default> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

struct Reader<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de> + Default> Visitor<'de> for Reader<V> {
    type Value = Pairs<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<V>, A::Error> {
        let mut all = Vec::new();
        while let Some((name, value)) = map.next_entry::<Text, Option<V>>()? {
            all.push((name, value.unwrap_or_default()));
        }
        Ok(all.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_by_name_whatever_the_order() {
        let text = r#"{"b":"2","a":"0","c":null,"a":"1"}"#;
        let pairs: Pairs = serde_json::from_str(text).unwrap();
        assert_eq!(pairs.get("a").map(Text::as_str), Some("1"));
        assert_eq!(pairs.get("c").map(Text::as_str), Some(""));
        assert_eq!(pairs.get("d"), None);
        let written = serde_json::to_string(&pairs).unwrap();
        assert_eq!(written, r#"{"a":"1","b":"2","c":""}"#);
    }
}
