//! What a check found.

use std::collections::HashMap;

use serde::Serialize;

use crate::facts::meta::Place;
use crate::facts::{Fact, Gap};
use crate::health::{Health, Status};
use crate::object::ObjectRef;

/// How bad a finding is; the worst is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing: it is still rolling out.
    Info,
    /// It works, but not for long or not well.
    Warning,
    /// It does not work.
    Error,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The check's id.
    pub check: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The object it is about: where absence is the finding, what is absent.
    pub object: ObjectRef,
    /// Where the object was read, for files.
    pub place: Option<Place>,
    /// The cause in words, without a full stop.
    pub message: String,
    /// A command to paste, where there is one.
    pub remedy: Option<String>,
    /// Objects that are certainly the cause, whether or not something was found about them.
    pub blames: Vec<ObjectRef>,
    /// Objects that are the cause if they are unwell themselves.
    pub suspects: Vec<ObjectRef>,
    /// Objects that may be behind it, such as what was to make something that is not there. They are
    /// the cause as suspects are, but where objects blame each other in a circle this counts least.
    pub makers: Vec<ObjectRef>,
}

impl Finding {
    /// Sets the command that mends it.
    pub fn remedy(&mut self, command: impl Into<String>) -> &mut Self {
        self.remedy = Some(command.into());
        self
    }

    /// Says that another object is certainly the cause.
    pub fn blame(&mut self, object: ObjectRef) -> &mut Self {
        if !self.blames.contains(&object) {
            self.blames.push(object);
        }
        self
    }

    /// Says that other objects are the cause if something is found about them. Each counts once.
    pub fn suspect(&mut self, objects: impl IntoIterator<Item = ObjectRef>) -> &mut Self {
        for object in objects {
            let is_known = self.blames.contains(&object) || self.suspects.contains(&object);
            if object != self.object && !is_known {
                self.suspects.push(object);
            }
        }
        self
    }
}

impl Finding {
    /// Says what was to make the object, or to make it right: the cause if something is found about it.
    pub fn made_by(&mut self, objects: impl IntoIterator<Item = ObjectRef>) -> &mut Self {
        for object in objects {
            let mut known = self.blames.iter().chain(&self.suspects).chain(&self.makers);
            if object != self.object && !known.any(|known| *known == object) {
                self.makers.push(object);
            }
        }
        self
    }
}

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
        let place = fact.meta().place.clone();
        let finding = self.missing(level, fact.reference(), message);
        finding.place = place;
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
            });
            self.list.len() - 1
        });
        &mut self.list[at]
    }

    /// What an unwell object's health amounts to: an error when it failed or is past its
    /// deadline, info while it still rolls out. Nothing where the object is well.
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
        Some(self.about(level, fact, message))
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
