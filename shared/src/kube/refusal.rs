//! Why the API server did not give what it was asked for.

use crate::facts::{Gap, Reason};

/// An answer that is none, with what is known of it in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// 401: it does not know who we are.
    Unauthorized(String),
    /// 403: we may not.
    Forbidden(String),
    /// 404: there is no such thing.
    NotFound(String),
    /// 409: somebody else has changed it, or owns what we want to change.
    Conflict(String),
    /// 410: the list's next page is gone, it has to be read anew.
    Gone(String),
    /// It did not answer in time, or asked to come back later than that.
    Timeout(String),
    /// It could not be reached.
    Unreachable(String),
    /// What it answered is not understood.
    Unreadable(String),
}

impl Refusal {
    /// What happened, in words.
    pub fn message(&self) -> &str {
        match self {
            Self::Unauthorized(why)
            | Self::Forbidden(why)
            | Self::NotFound(why)
            | Self::Conflict(why)
            | Self::Gone(why)
            | Self::Timeout(why)
            | Self::Unreachable(why)
            | Self::Unreadable(why) => why,
        }
    }

    /// The status with which a server said that it cannot answer now: it was reached. Messages of such begin with it.
    pub fn busy_or_failing(&self) -> Option<u16> {
        let (Self::Timeout(why) | Self::Unreachable(why) | Self::Unreadable(why)) = self else {
            return None;
        };
        let end = why.find([':', ' ']).unwrap_or(why.len());
        let status = why[..end].parse().ok()?;
        matches!(status, 429 | 500..=599).then_some(status)
    }

    /// Whether asking again would be answered alike.
    pub(crate) fn is_lasting(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized(_) | Self::Forbidden(_) | Self::NotFound(_)
        )
    }

    /// What it means for a kind that could not be read.
    pub fn gap(&self) -> Gap {
        let reason = match self {
            Self::Unauthorized(_) | Self::Forbidden(_) => Reason::Forbidden,
            // It was served a moment ago: that it is not now tells nothing of what there is.
            Self::NotFound(_) | Self::Conflict(_) | Self::Gone(_) | Self::Unreadable(_) => {
                Reason::Unreadable
            }
            Self::Timeout(_) => Reason::Timeout,
            Self::Unreachable(_) => Reason::Unreachable,
        };
        Gap::new(reason, self.message())
    }
}
