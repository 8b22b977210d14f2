//! Follows clusters: judges what is there now, then again after each change, until satisfied.
//!
//! Changes come from watches, so a cluster is not asked again and again. Where a watch is to begin
//! is asked before its list is read: what happens between the two is told twice rather than never.

mod feed;
mod followed;
mod followers;
mod noted;
mod places;
mod reread;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep, timeout_at};

use super::runtime;
use crate::facts::{Facts, Kind};
use crate::failure::Result;
use crate::kube::Connection;
use feed::Told;
use followers::Followers;

/// Changes that come at once are judged at once.
const TOGETHER: Duration = Duration::from_millis(100);

/// How often the present is judged anew without any change, for deadlines pass too.
const TICK: Duration = Duration::from_secs(1);

/// So long a request may take however little time there is.
const SHORTEST: Duration = Duration::from_secs(1);

/// When a judgement is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// There may be another.
    Early,
    /// The same, but of a cluster nothing new is heard at present; why, in words.
    Away(String),
    /// The time is up.
    Last,
}

/// Reads the wanted kinds of the named contexts and judges them: at once, after each change and
/// each second, and a last time when `limit` has passed, unless a judgement breaks off before.
///
/// # Errors
/// When no context can be read, or the only one does not know us any more.
pub fn follow<T>(
    flags: &Connection,
    wanted: &BTreeSet<Kind>,
    limit: Duration,
    mut judge: impl FnMut(&[Facts], Moment) -> ControlFlow<T>,
) -> Result<Option<T>> {
    runtime::run(async {
        let flags = &in_time(flags, limit);
        // What ends beyond the clock's range never ends.
        let deadline = Instant::now().checked_add(limit);
        let (sender, mut told) = unbounded_channel();
        let mut followers = Followers::open(flags, wanted, &sender).await?;
        let mut is_begun = false;
        loop {
            let moment = followers.moment(deadline);
            let is_last = moment == Moment::Last;
            if is_last {
                followers.note_away();
            }
            if let ControlFlow::Break(done) = judge(&followers.facts, moment) {
                return Ok(Some(done));
            }
            if is_last {
                return Ok(None);
            }
            if !is_begun {
                followers.begin();
                is_begun = true;
            }
            followers.take_in(next(&mut told, deadline).await).await?;
        }
    })
}

/// The same flags, but no request takes longer than all together may: not to be answered within that is a result.
fn in_time(flags: &Connection, limit: Duration) -> Connection {
    let mut flags = flags.clone();
    flags.request_timeout = flags.request_timeout.min(limit.max(SHORTEST));
    flags
}

/// Waits for news, or for the next tick, and takes all that comes together.
async fn next(told: &mut UnboundedReceiver<Told>, deadline: Option<Instant>) -> Vec<Told> {
    let tick = Instant::now() + TICK;
    let tick = deadline.map_or(tick, |deadline| deadline.min(tick));
    let Ok(Some(first)) = timeout_at(tick, told.recv()).await else {
        return Vec::new();
    };
    sleep(TOGETHER).await;
    let mut news = vec![first];
    while let Ok(next) = told.try_recv() {
        news.push(next);
    }
    news
}
