//! network/host-claimed-twice: Two routes claim the same requests.
//!
//! Host, path and way in are the same, the Services are not: which of the two answers is chance, or
//! depends on which is older.
//!
//! Leave one of them out, or tell them apart by path; in an IngressRoute a `priority` says which
//! goes first.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::claims;
use crate::checks::evidence::routes::routes_and;

pub(super) const NEEDS: &[Need] = routes_and![declared(Kind::IngressClass).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut claims = claims::all(view);
    // The one that came last made it a conflict.
    claims.sort_by(|a, b| {
        let age = |claim: &claims::Claim<'_>| claim.meta.creation_timestamp;
        (age(a), &a.object).cmp(&(age(b), &b.object))
    });
    for (at, claim) in claims.iter().enumerate() {
        let earlier = claims.iter().take(at);
        if let Some(first) = earlier.into_iter().find(|first| claim.meets(first)) {
            let told = format!("claims {}, as {} does", claim.what, first.object);
            found.about_read(Level::Error, claim.object.clone(), claim.meta, told);
        }
    }
}
