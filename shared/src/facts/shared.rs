//! Lists that many objects have alike, kept and read once: replicas of a workload differ in little
//! but their names.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, Weak};

use foldhash::quality::RandomState;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A list that may be another object's too. It is read from JSON only.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<T>(Option<Arc<[T]>>);

/// The text that a list was read from: its length, and a hash that nobody can foresee.
type Key = (usize, u64);

/// All lists of one type that are in use.
pub struct Known<T> {
    lists: Mutex<HashMap<Key, Weak<[T]>>>,
    hasher: RandomState,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self {
            lists: Mutex::default(),
            hasher: RandomState::default(),
        }
    }
}

/// What lists may be shared of.
pub trait Shareable: DeserializeOwned + 'static {
    /// Where lists of it are found again.
    fn known() -> &'static OnceLock<Known<Self>>;
}

/// Lets lists of a type be shared.
macro_rules! shareable {
    ($($type:ty),*) => {$(
        impl $crate::facts::shared::Shareable for $type {
            fn known() -> &'static std::sync::OnceLock<$crate::facts::shared::Known<Self>> {
                static KNOWN: std::sync::OnceLock<$crate::facts::shared::Known<$type>> =
                    std::sync::OnceLock::new();
                &KNOWN
            }
        }
    )*};
}
pub(crate) use shareable;

impl<T: Shareable> Shared<T> {
    fn of(text: &str) -> serde_json::Result<Self> {
        let known = T::known().get_or_init(Known::default);
        let key = (text.len(), known.hasher.hash_one(text));
        // A thread that died left a map that is as good as any.
        let lock = || known.lists.lock().unwrap_or_else(|dead| dead.into_inner());
        let same = lock().get(&key).and_then(Weak::upgrade);
        if same.is_some() {
            return Ok(Self(same));
        }
        let list: Vec<T> = serde_json::from_str(text)?;
        if list.is_empty() {
            return Ok(Self(None));
        }
        let list: Arc<[T]> = list.into();
        lock().insert(key, Arc::downgrade(&list));
        Ok(Self(Some(list)))
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<'a, T> IntoIterator for &'a Shared<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, T: Shareable> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?;
        Self::of(text.get()).map_err(D::Error::custom)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    shareable!(String);

    fn read(text: &str) -> Shared<String> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn equal_lists_are_kept_once_and_others_are_not_mixed_up() {
        let (one, same, other) = (
            read(r#"["a","b"]"#),
            read(r#"["a","b"]"#),
            read(r#"["a","c"]"#),
        );
        assert!(std::ptr::eq(&*one, &*same));
        assert_eq!(&*other, ["a", "c"]);
        drop((one, same));
        assert_eq!(&*read(r#"["a","b"]"#), ["a", "b"]);
        assert!(read("[]").is_empty());
        assert!(serde_json::from_str::<Shared<String>>("[1]").is_err());
    }
}
