//! What the rows of the table of kinds become: the kinds, the list of each, and one object of any.

macro_rules! kinds {
    ($($id:ident : $type:ty = $name:literal $plural:literal $scope:ident [$($api:literal),*];)*) => {
        /// A kind that has a struct, or `Custom` for all others.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the kinds are the API's own")]
        pub enum Kind { $($id),* }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$id),*];

            /// The kind's name in manifests.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$id => $name),* }
            }

            /// The name in the API's paths and in RBAC rules.
            pub const fn plural(self) -> &'static str {
                match self { $(Self::$id => $plural),* }
            }

            /// Whether objects of the kind live in a namespace.
            pub const fn scope(self) -> Scope {
                match self { $(Self::$id => Scope::$scope),* }
            }

            /// The group versions that the struct is right for; of each group the best first.
            pub const fn apis(self) -> &'static [&'static str] {
                match self { $(Self::$id => &[$($api),*]),* }
            }
        }

        /// What is known of every kind.
        #[derive(Default)]
        #[allow(non_snake_case, missing_docs, reason = "a field is named as its kind")]
        pub struct Lists { $(pub $id: Listing<$type>),* }

        /// An object of any kind.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "the kinds are the API's own")]
        pub enum AnyFact { $($id(Box<$type>)),* }

        impl AnyFact {
            /// Its metadata.
            pub fn meta(&self) -> &Meta {
                match self { $(Self::$id(fact) => fact.meta()),* }
            }

            /// Its metadata, for the reader to complete.
            pub fn meta_mut(&mut self) -> &mut Meta {
                match self { $(Self::$id(fact) => fact.meta_mut()),* }
            }
        }

        impl AnyFact {
            pub(in crate::facts) fn put_into(self, lists: &mut Lists) {
                match self { $(Self::$id(fact) => sorted::put(&mut lists.$id.items, *fact)),* }
            }

            pub(in crate::facts) fn remove_from(&self, lists: &mut Lists) {
                match self { $(Self::$id(fact) => sorted::remove(&mut lists.$id.items, fact)),* }
            }
        }

        impl Lists {
            /// Adds an object to the list of its kind.
            pub fn push(&mut self, fact: AnyFact) {
                match fact { $(AnyFact::$id(fact) => self.$id.items.push(*fact)),* }
            }

            /// How many objects of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$id => self.$id.items.len()),* }
            }

            /// What of a kind was not looked at.
            pub fn gap(&self, kind: Kind) -> Option<&Gap> {
                match kind { $(Kind::$id => self.$id.gap.as_ref()),* }
            }

            /// The same, to be noted.
            pub fn gap_mut(&mut self, kind: Kind) -> &mut Option<Gap> {
                match kind { $(Kind::$id => &mut self.$id.gap),* }
            }
        }

        $(impl Fact for $type {
            const KIND: Kind = Kind::$id;
            fn meta(&self) -> &Meta { &self.metadata }
            fn meta_mut(&mut self) -> &mut Meta { &mut self.metadata }
            fn into_any(self) -> AnyFact { AnyFact::$id(Box::new(self)) }
            fn listing(lists: &Lists) -> &Listing<Self> { &lists.$id }
            fn listing_mut(lists: &mut Lists) -> &mut Listing<Self> { &mut lists.$id }
        })*

        /// Does the same for a kind that is only known when the program runs: `$body` is
        /// compiled for each kind, with `$fact` naming its struct.
        macro_rules! for_kind {
            ($kind_value:expr, $fact:ident => $body:expr) => {
                match $kind_value { $($crate::facts::Kind::$id => {
                    type $fact = $crate::facts::by_kind::$id;
                    $body
                }),* }
            };
        }

        pub(crate) use for_kind;

        /// The structs by the names of their kinds.
        pub mod by_kind {
            #![allow(missing_docs, unused_imports, reason = "aliases")]
            use super::*;
            $(pub type $id = $type;)*
        }
    };
}

pub(super) use kinds;
