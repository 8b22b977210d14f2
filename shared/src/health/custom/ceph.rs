//! Rook's Ceph clusters: what Ceph says of itself counts for more than that Rook has done its work.
//! See <https://docs.ceph.com/en/latest/rados/operations/health-checks/>.

use crate::facts::kinds::custom::Custom;
use crate::health::{Health, Status};

/// Nothing where Ceph is well or says nothing yet: then Rook's own words count.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let told = custom.status.text("ceph.health");
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
