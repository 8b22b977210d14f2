//! Kinds that share a shape, each a type of its own so that each has a list of its own.

/// Declares a kind as a new type over the struct whose shape it has.
macro_rules! alike {
    ($($(#[$doc:meta])* $name:ident: $shape:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $shape);

        impl std::ops::Deref for $name {
            type Target = $shape;
            fn deref(&self) -> &$shape { &self.0 }
        }
        impl std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $shape { &mut self.0 }
        }
    )*};
}
pub(super) use alike;
