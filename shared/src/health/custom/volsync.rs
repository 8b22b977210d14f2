//! VolSync: whether the last synchronization went well.
//! See <https://volsync.readthedocs.io/en/stable/usage/index.html>.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::facts::kinds::url::PublicUrl;
use crate::health::{Health, Status};

/// What a mover says why it failed, in the words of restic, rclone and rsync. Its logs may hold anything
/// else, which is not shown.
const REASONS: &[&str] = &["Fatal:", "ERROR", "rsync error", "unable to", "locked"];

/// Only a failure.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    (status.text("latestMoverStatus.result") == "Failed").then(|| {
        let mut message = "the last synchronization failed".to_owned();
        if let Some(reason) = reason(status.text("latestMoverStatus.logs")) {
            message = format!("{message}: {reason}");
        }
        Health::new(Status::Failed, "MoverFailed", message).since(began(custom))
    })
}

/// The last line that tells why, without what its URLs may give away.
fn reason(logs: &str) -> Option<String> {
    let mut lines = logs.lines().map(str::trim);
    let last = lines.rfind(|line| REASONS.iter().any(|word| line.contains(word)))?;
    let words = last
        .split_whitespace()
        .map(|word| match word.contains("://") {
            true => PublicUrl::of(word).0,
            false => word.to_owned(),
        });
    Some(words.collect::<Vec<_>>().join(" "))
}
