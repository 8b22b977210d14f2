//! Several contexts side by side, or the only one.

use futures::future::join_all;
use jiff::Timestamp;

use crate::facts::{Facts, Gap, Kind, Lists, Reason};
use crate::failure::{Failure, Result};
use crate::kube::{self, Connection};

/// What came of one of several contexts, or of the only one, which needs no name.
pub(super) type OfContext<T> = (Option<String>, Result<T>);

/// Does something in every context that is named, side by side, or in the current one.
///
/// # Errors
/// When there is no such context, or it fails in all of them.
pub(super) async fn of_each_context<T>(
    flags: &Connection,
    work: impl AsyncFn(Option<&str>) -> Result<T>,
) -> Result<Vec<OfContext<T>>> {
    let contexts = match flags.contexts.as_slice() {
        [] => return Ok(vec![(None, Ok(work(None).await?))]),
        [one] => return Ok(vec![(None, Ok(work(Some(one)).await?))]),
        several => several,
    };
    kube::find_contexts(flags)?;
    let done = join_all(contexts.iter().map(|context| work(Some(context)))).await;
    if done.iter().all(Result::is_err) {
        let mut failures = done.into_iter().filter_map(Result::err);
        return Err(failures
            .next_back()
            .unwrap_or_else(|| Failure::new("no context was named")));
    }
    Ok(contexts.iter().cloned().map(Some).zip(done).collect())
}

/// The facts of a context, under its name.
pub(super) fn known((context, read): OfContext<Facts>) -> Facts {
    match read {
        Ok(mut facts) => {
            facts.cluster = context;
            facts
        }
        Err(failure) => unreachable(context, &failure),
    }
}

/// What is known of a context that cannot be read: nothing.
fn unreachable(context: Option<String>, failure: &Failure) -> Facts {
    let mut lists = Lists::default();
    for kind in Kind::ALL {
        *lists.gap_mut(*kind) = Some(Gap::new(Reason::Unreachable, failure.to_string()));
    }
    Facts::new(context, Timestamp::now(), true, lists)
}
