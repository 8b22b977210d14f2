//! Structs that take just the fields they name from the wire, and forgive `null`.

mod read;

pub(crate) use read::{Wire, read, value};

/// Declares structs of fields read from (and written to) the Kubernetes API's camelCase.
///
/// Every field may be absent or `null`: both mean its default, as in the API's Go types.
/// Fields at their default are not written, so that a snapshot stays small.
///
/// Of serde's attributes a field may have `rename` and `skip`. Reading is not derived: what serde
/// would write for each of two hundred structs is twice as large.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$($attribute:tt)*])* pub $field:ident : $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(missing_docs, reason = "the fields are the API's own, documented there")]
        pub struct $name {
            $(
                $(#[$($attribute)*])*
                #[serde(skip_serializing_if = "crate::facts::wire::is_default")]
                pub $field: $type,
            )*
        }

        impl crate::facts::wire::Wire for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] =
                &[$(crate::facts::wire::field_name!($field $(#[$($attribute)*])*)),*];

            fn read_field<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                at: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                #[allow(dead_code, non_camel_case_types, reason = "named as the fields are")]
                enum Place { $($field),* }
                $(
                    if at == Place::$field as usize {
                        crate::facts::wire::read_field!(self.$field, map, $(#[$($attribute)*])*);
                    }
                )*
                let _ = (at, map);
                Ok(())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::facts::wire::read(deserializer)
            }
        }
    )*};
}
pub(crate) use wire;

/// A field's name in JSON; one that is skipped has none.
macro_rules! field_name {
    ($field:ident) => {{
        const NAME: &crate::facts::camel_case::CamelCase =
            &crate::facts::camel_case::CamelCase::of(stringify!($field));
        NAME.as_str()
    }};
    ($field:ident #[serde(rename = $name:literal)] $($rest:tt)*) => { $name };
    ($field:ident #[serde(skip)] $($rest:tt)*) => { "" };
    ($field:ident #[$($other:tt)*] $($rest:tt)*) => {
        crate::facts::wire::field_name!($field $($rest)*)
    };
}
pub(crate) use field_name;

/// Reads a field's value, unless the field is skipped.
macro_rules! read_field {
    ($self:ident.$field:ident, $map:ident,) => {
        $self.$field = crate::facts::wire::value($map)?
    };
    ($self:ident.$field:ident, $map:ident, #[serde(skip)] $($rest:tt)*) => {};
    ($self:ident.$field:ident, $map:ident, #[$($other:tt)*] $($rest:tt)*) => {
        crate::facts::wire::read_field!($self.$field, $map, $($rest)*)
    };
}
pub(crate) use read_field;

/// Whether a field may be left out of a snapshot.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the structs of facts are public")]
mod tests {
    wire! {
        /// All that fields may have.
        pub struct Sample {
            pub r#type: String,
            pub started_at: Option<i64>,
            /// Named otherwise.
            #[serde(rename = "podIP")]
            pub pod_ip: String,
            /// Not on the wire.
            #[serde(skip)]
            pub place: Option<std::ops::Range<u8>>,
        }
    }

    #[test]
    fn fields_are_read_and_written_by_the_same_names() {
        let text = r#"{"type":"t","x":{"y":[1]},"podIP":"p","":"","place":1,"startedAt":7}"#;
        let sample: Sample = serde_json::from_str(text).unwrap();
        assert_eq!((sample.r#type.as_str(), sample.pod_ip.as_str()), ("t", "p"));
        let written = serde_json::to_string(&sample).unwrap();
        assert_eq!(written, r#"{"type":"t","startedAt":7,"podIP":"p"}"#);
        let none: Sample = serde_json::from_str(r#"{"type":null}"#).unwrap();
        assert_eq!(none, Sample::default());
    }

    #[test]
    fn what_is_said_twice_or_otherwise_is_an_error() {
        for text in [r#"{"type":"a","type":"b"}"#, r#"{"type":1}"#, "[]"] {
            assert!(serde_json::from_str::<Sample>(text).is_err(), "{text}");
        }
    }
}
