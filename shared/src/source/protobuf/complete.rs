//! Proves that the tables hold every field that a struct reads: an object is made in which each
//! field of its table stands once, and what a struct asks for besides is missing.

use serde::de::value::{BorrowedStrDeserializer, Error, MapDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::table::{Field, Form};
use super::tables;
use crate::facts::kinds::pod::{Container, Volume};
use crate::facts::meta::Condition;
use crate::facts::{Kind, for_kind};

#[test]
fn every_field_that_a_struct_reads_is_in_its_table() {
    for kind in Kind::ALL {
        let Some(fields) = tables::of(*kind) else {
            continue;
        };
        for_kind!(*kind, F => read::<F>(fields));
    }
    read::<Condition>(tables::POD_CONDITION);
    read::<Container>(tables::CONTAINER);
    read::<Volume>(tables::VOLUME);
}

fn read<T: DeserializeOwned>(fields: &'static [Field]) {
    T::deserialize(Sample(Form::Message(fields))).unwrap();
}

/// What structs that several kinds share have, and not all of these kinds.
const OF_OTHER_KINDS: &[(&str, &str)] = &[
    ("Condition", "lastUpdateTime"),
    ("Condition", "observedGeneration"),
    ("Condition", "severity"),
    ("KeyRef", "key"),
    ("RollingUpdate", "partition"),
    ("TargetRef", "kind"),
];

/// A value in which nothing is left out.
struct Sample(Form);

/// The fields as JSON has them.
fn members(fields: &'static [Field]) -> Vec<&'static Field> {
    let spread = |field: &'static Field| match field.form {
        Form::Inline(inner) => members(inner),
        _ => vec![field],
    };
    fields.iter().flat_map(spread).collect()
}

impl<'de> Deserializer<'de> for Sample {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Form::Text | Form::Quantity | Form::IntOrString => visitor.visit_str("1"),
            Form::Number => visitor.visit_i64(1),
            Form::Flag => visitor.visit_bool(true),
            Form::Time => visitor.visit_str("2026-11-21T09:00:00Z"),
            Form::Opaque => visitor.visit_unit(),
            Form::Message(fields) => visitor.visit_map(Each(members(fields))),
            Form::List(form) => visitor.visit_seq(Once(Some(form))),
            Form::Map(form) => visitor.visit_map(Once(Some(form))),
            Form::Inline(_) => unreachable!("it is spread over what is around it"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        asked: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Form::Message(fields) = self.0 else {
            panic!("{name} is read where its table has no object");
        };
        for field in asked {
            let is_known = members(fields).iter().any(|known| known.name == *field);
            let is_of_others = OF_OTHER_KINDS.contains(&(name, field));
            assert!(
                is_known || is_of_others || field.is_empty(),
                "the table lacks {name}.{field}"
            );
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    /// Only lists that may be shared are asked for so: as text, to be read apart.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        token: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = [(token, BorrowedStrDeserializer::new("[]"))];
        visitor.visit_map(MapDeserializer::new(text.into_iter()))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Each member, the last first.
struct Each(Vec<&'static Field>);

impl<'de> MapAccess<'de> for Each {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let name = self.0.last().map(|field| field.name);
        name.map(|name| seed.deserialize(IntoDeserializer::<Error>::into_deserializer(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Sample(self.0.pop().unwrap().form))
    }
}

/// A list of one, or a map.
struct Once(Option<&'static Form>);

impl<'de> SeqAccess<'de> for Once {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.0
            .take()
            .map(|form| seed.deserialize(Sample(*form)))
            .transpose()
    }
}

impl<'de> MapAccess<'de> for Once {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.0 {
            Some(_) => seed.deserialize(StrDeserializer::new("key")).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Sample(*self.0.take().unwrap()))
    }
}
