//! What a check found.

mod findings;

use std::collections::HashSet;

use serde::Serialize;

use crate::facts::meta::Place;
use crate::object::ObjectRef;

pub use findings::Findings;

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

impl Level {
    /// An error if so, else a warning.
    pub fn error_if(is_error: bool) -> Self {
        if is_error { Self::Error } else { Self::Warning }
    }

    /// Info as long as there still is time, an error after that.
    pub fn info_while(has_time: bool) -> Self {
        if has_time { Self::Info } else { Self::Error }
    }
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
    /// Whether it only says that the object is unwell: what else is found about the object says why.
    pub is_symptom: bool,
}

impl Finding {
    /// Sets the command that mends it.
    pub fn remedy(&mut self, command: impl Into<String>) -> &mut Self {
        self.remedy = Some(command.into());
        self
    }

    /// Says that what else is found about the same object is the cause.
    pub fn symptom(&mut self) -> &mut Self {
        self.is_symptom = true;
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
        let mut known = self.known();
        let new = objects.into_iter();
        let new = new.filter(|object| known.insert(object.clone()));
        self.suspects.extend(new);
        self
    }

    /// Says what was to make the object, or to make it right: the cause if something is found about it.
    pub fn made_by(&mut self, objects: impl IntoIterator<Item = ObjectRef>) -> &mut Self {
        let mut known = self.known();
        known.extend(self.makers.iter().cloned());
        let new = objects.into_iter();
        let new = new.filter(|object| known.insert(object.clone()));
        self.makers.extend(new);
        self
    }

    /// What is no news as a suspect.
    fn known(&self) -> HashSet<ObjectRef> {
        let causes = self.blames.iter().chain(&self.suspects);
        causes.chain([&self.object]).cloned().collect()
    }
}
