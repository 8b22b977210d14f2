//! Kinds without a struct of their own.

use jiff::Timestamp;

use super::conditions::{abnormal, by, first};
use super::{Assess, Health};
use crate::facts::kinds::custom::Custom;

impl Assess for Custom {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        first(
            &self.metadata,
            status.number("observedGeneration").unwrap_or_default(),
        )
        .or_else(|| abnormal(&status.conditions))
        .or_else(|| by(&status.conditions, "Ready"))
        .unwrap_or_else(Health::current)
    }
}
