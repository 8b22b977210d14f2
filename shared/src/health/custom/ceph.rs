//! Rook's Ceph clusters: what Ceph says of itself counts for more than that Rook has done its work.
//! See <https://docs.ceph.com/en/latest/rados/operations/health-checks/>.

use jiff::SignedDuration;

use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// How long Rook may be at one thing while Ceph is well: before each next OSD it waits until the data of
/// the last is where it belongs.
const STEP: SignedDuration = SignedDuration::from_hours(4);

/// Nothing where Ceph says nothing yet, or is well and Rook has nothing in hand: then Rook's own words
/// count.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let told = custom.status.text("ceph.health");
    let is = |kind| condition(custom.status.conditions(), kind).filter(|it| it.is_true());
    if let ("HEALTH_OK", None, Some(progress)) = (told, is("Ready"), is("Progressing")) {
        return Some(because(Status::InProgress, progress).within(STEP));
    }
    if !matches!(told, "HEALTH_ERR" | "HEALTH_WARN") {
        return None;
    }
    // `ceph.details` has a message for each health check, by its name.
    let details: Vec<String> = custom
        .status
        .scalars
        .iter()
        .filter_map(|(path, text)| {
            let name = path
                .strip_prefix("ceph.details.")?
                .strip_suffix(".message")?;
            Some(format!("{name}: {text}"))
        })
        .collect();
    Some(Health::new(Status::Failed, told, details.join("; ")))
}
