//! Structs that take just the fields they name from the wire, and forgive `null`.

use serde::{Deserialize, Deserializer};

/// Declares structs of fields read from (and written to) the Kubernetes API's camelCase.
///
/// Every field may be absent or `null`: both mean its default, as in the API's Go types.
/// Fields at their default are not written, so that a snapshot stays small.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident : $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[allow(missing_docs, reason = "the fields are the API's own, documented there")]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(deserialize_with = "crate::facts::wire::nullable", skip_serializing_if = "crate::facts::wire::is_default")]
                pub $field: $type,
            )*
        }
    )*};
}
pub(crate) use wire;

/// Reads a value for which `null` means the default.
pub(crate) fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Whether a field may be left out of a snapshot.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
