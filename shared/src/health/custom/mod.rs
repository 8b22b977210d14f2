//! Kinds without a struct of their own: rules for what our users run, general ones for the rest.

mod conditions;
mod counts;
mod generic;
mod known;
mod lexicon;
mod parts;
mod sense;
mod states;
mod words;

use jiff::Timestamp;

use super::{Assess, Health};
use crate::facts::kinds::custom::Custom;

impl Assess for Custom {
    fn health(&self, now: Timestamp) -> Health {
        known::health(self, now).unwrap_or_else(|| generic::health(self))
    }
}
