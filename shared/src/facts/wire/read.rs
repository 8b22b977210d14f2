//! Reads a struct of the wire: finds each field by its name, and passes over what has none.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// A struct of the wire.
pub(crate) trait Wire: Default {
    /// Its name.
    const NAME: &'static str;

    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// Reads the value of the field at this place.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        at: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;
}

/// Reads a struct.
pub(crate) fn read<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, Reader(PhantomData))
}

/// Reads a value for which `null` means the default.
pub(crate) fn value<'de, A, T>(map: &mut A) -> Result<T, A::Error>
where
    A: MapAccess<'de>,
    T: Default + Deserialize<'de>,
{
    map.next_value::<Option<T>>().map(Option::unwrap_or_default)
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut all = T::default();
        let mut seen = 0_u64;
        while let Some(place) = map.next_key_seed(Names(T::FIELDS))? {
            let Some(at) = place else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let bit = 1 << at;
            if seen & bit != 0 {
                let name = T::FIELDS.get(at).copied().unwrap_or_default();
                return Err(A::Error::duplicate_field(name));
            }
            seen |= bit;
            all.read_field(at, &mut map)?;
        }
        Ok(all)
    }
}

/// Finds a name's place among others.
struct Names(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Names {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        let mut names = self.0.iter();
        Ok(names.position(|known| *known == name && !name.is_empty()))
    }
}
