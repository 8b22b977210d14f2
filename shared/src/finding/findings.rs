//! What one run of a check found: an object and a message are said once.

use std::collections::HashMap;

use super::{Finding, Level};
use crate::facts::meta::{Meta, Place};
use crate::facts::{Fact, Gap};
use crate::health::{Health, Status};
use crate::object::ObjectRef;

/// What one run of a check found; the check adds to it.
pub struct Findings {
    check: &'static str,
    now: jiff::Timestamp,
    list: Vec<Finding>,
    /// By object, where in the list it is spoken of.
    places: HashMap<ObjectRef, Vec<usize>>,
    gap: Option<Gap>,
}

impl Findings {
    /// Nothing found yet.
    pub fn new(check: &'static str, now: jiff::Timestamp) -> Self {
        Self {
            check,
            now,
            list: Vec::new(),
            places: HashMap::new(),
            gap: None,
        }
    }

    /// Something about an object that was read.
    pub fn about<F: Fact>(
        &mut self,
        level: Level,
        fact: &F,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.about_read(level, fact.reference(), fact.meta(), message)
    }

    /// Something about an object that was read, where it may be of several kinds.
    pub fn about_read(
        &mut self,
        level: Level,
        object: ObjectRef,
        meta: &Meta,
        message: impl Into<String>,
    ) -> &mut Finding {
        let finding = self.missing(level, object, message);
        finding.place.clone_from(&meta.place);
        finding
    }

    /// An error about an object that was read.
    pub fn error<F: Fact>(&mut self, fact: &F, message: impl Into<String>) -> &mut Finding {
        self.about(Level::Error, fact, message)
    }

    /// A warning about an object that was read.
    pub fn warning<F: Fact>(&mut self, fact: &F, message: impl Into<String>) -> &mut Finding {
        self.about(Level::Warning, fact, message)
    }

    /// Something about an object that was not read, mostly because it does not exist.
    ///
    /// Said twice of the same object, it is one finding.
    pub fn missing(
        &mut self,
        level: Level,
        object: ObjectRef,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(level, object, None, message.into())
    }

    /// Something about a place in a file. The same said twice of one place is one finding.
    pub fn at(
        &mut self,
        level: Level,
        object: ObjectRef,
        place: Place,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(level, object, Some(place), message.into())
    }

    /// Adds a finding, unless the same has been said; without a place, of any place.
    fn add(
        &mut self,
        level: Level,
        object: ObjectRef,
        place: Option<Place>,
        message: String,
    ) -> &mut Finding {
        let places = self.places.entry(object.clone()).or_default();
        let known = places.iter().copied().find(|at| {
            let known = &self.list[*at];
            known.message == message && (place.is_none() || known.place == place)
        });
        let at = known.unwrap_or_else(|| {
            places.push(self.list.len());
            self.list.push(Finding {
                check: self.check,
                level,
                object,
                place,
                message,
                remedy: None,
                blames: Vec::new(),
                suspects: Vec::new(),
                makers: Vec::new(),
                is_symptom: false,
            });
            self.list.len() - 1
        });
        &mut self.list[at]
    }

    /// What an unwell object's health amounts to: an error when it failed or is past its
    /// deadline, info while it still rolls out. Nothing where the object is well. It is a symptom: the status of an
    /// object mostly says less of the cause than what a check finds out.
    pub fn unwell<F: Fact>(
        &mut self,
        fact: &F,
        health: &Health,
        message: impl Into<String>,
    ) -> Option<&mut Finding> {
        let level = match health.status {
            Status::Failed => Level::Error,
            Status::InProgress if health.is_overdue(self.now) => Level::Error,
            Status::InProgress => Level::Info,
            Status::Current | Status::Suspended | Status::Terminating | Status::Unknown => {
                return None;
            }
        };
        Some(self.about(level, fact, message).symptom())
    }

    /// Something that applies could not be looked at after all: the check counts as skipped.
    pub fn skip(&mut self, gap: Gap) {
        self.gap.get_or_insert(gap);
    }

    /// What was found, and what could not be looked at.
    pub fn into_parts(self) -> (Vec<Finding>, Option<Gap>) {
        (self.list, self.gap)
    }
}
