//! One object -> Current, InProgress, Failed, ...: one file per API group.

mod address_pool;
mod apis;
mod apps;
mod argo;
mod batch;
mod bgp;
mod cert_manager;
mod conditions;
mod core;
mod crash_loop;
mod custom;
mod flux;
mod gateway;
mod helm_controller;
mod networking;
mod node;
mod plain;
mod pod;
mod scaling;
mod secret_sync;
mod seen;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::facts::Fact;
use crate::facts::time::Time;

pub use crash_loop::{BACK_OFF, CrashLoop};
pub use custom::tells_failure;
pub use seen::{Seen, judge, judge_all};

/// How an object fares: kstatus' words, and Suspended.
/// See <https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md>.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
pub enum Status {
    /// It is as it is meant to be.
    Current,
    /// It was told to rest.
    Suspended,
    /// It is being deleted.
    Terminating,
    /// It is on its way.
    InProgress,
    /// It cannot be told.
    Unknown,
    /// It did not come to be as it is meant to be.
    Failed,
}

impl Status {
    /// The word in tables and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Current => "Current",
            Self::Suspended => "Suspended",
            Self::Terminating => "Terminating",
            Self::InProgress => "InProgress",
            Self::Unknown => "Unknown",
            Self::Failed => "Failed",
        }
    }
}

/// How long something may be on its way that has no deadline of its own.
pub const DEFAULT_DEADLINE: SignedDuration = SignedDuration::from_mins(5);

/// How an object fares, why, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The verdict.
    pub status: Status,
    /// A word in CamelCase, as conditions have it; may be empty.
    pub reason: String,
    /// The reason in words; may be empty.
    pub message: String,
    /// When this began, where that is known.
    pub since: Time,
    /// How long it may be on its way.
    pub deadline: SignedDuration,
    /// Whether nobody will try again: it has failed for good.
    pub is_final: bool,
    /// Whether its controller says itself that it cannot tell.
    pub is_untold: bool,
}

impl Health {
    /// A verdict with its reason.
    pub fn new(status: Status, reason: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            reason: reason.into(),
            message: message.into(),
            since: Time::default(),
            deadline: DEFAULT_DEADLINE,
            is_final: false,
            is_untold: false,
        }
    }

    /// As it is meant to be.
    pub fn current() -> Self {
        Self::new(Status::Current, "", "")
    }

    /// The worst of several, the first of those that are equally bad.
    pub fn worst(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut all = all.into_iter();
        let first = all.next()?;
        Some(all.fold(first, |worst, next| {
            if next.status > worst.status {
                next
            } else {
                worst
            }
        }))
    }

    /// Sets when it began.
    #[must_use]
    pub fn since(mut self, time: Time) -> Self {
        self.since = time;
        self
    }

    /// Sets how long it may be on its way.
    #[must_use]
    pub fn within(mut self, deadline: SignedDuration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Says that nobody will try again.
    #[must_use]
    pub fn for_good(mut self) -> Self {
        self.is_final = true;
        self
    }

    /// Says that its controller cannot tell.
    #[must_use]
    pub(crate) fn untold(mut self) -> Self {
        self.is_untold = true;
        self
    }

    /// Whether it is on its way for longer than it may be. What began at no known time is not.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status == Status::InProgress
            && self.since.age(now).is_some_and(|age| age > self.deadline)
    }
}

/// A kind whose objects can be judged one by one.
pub trait Assess: Fact {
    /// How the object fares at `now`.
    fn health(&self, now: Timestamp) -> Health;
}
