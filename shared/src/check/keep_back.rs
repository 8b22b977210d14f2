//! Takes findings back that say too much.

use std::iter::once;

use crate::facts::Gap;
use crate::finding::Finding;
use crate::object::ObjectRef;

/// Takes back each finding about an object, or that blames one, of which nobody can tell; says why of the first.
pub fn keep_back(found: &mut Vec<Finding>, why: impl Fn(&ObjectRef) -> Option<Gap>) -> Option<Gap> {
    let mut first = None;
    found.retain(|finding| {
        let gap = once(&finding.object).chain(&finding.blames).find_map(&why);
        let is_kept = gap.is_none();
        first = first.take().or(gap);
        is_kept
    });
    first
}
