//! Whether the controllers of clusters read post-quantum keys.

use shared::age;
use shared::decryption::Controller;
use shared::failure::{Exit, Failure, Result};

use super::Cluster;

/// A post-quantum key is none for a controller before 1.9: it would read none of the Secret's keys.
///
/// # Errors
/// When the key is one, and a controller is known to be older.
pub(crate) fn refuse_unreadable(recipient: &str, clusters: &[&Cluster]) -> Result<()> {
    if !age::Recipient::parse(recipient)?.is_post_quantum() {
        return Ok(());
    }
    for cluster in clusters {
        let controller = cluster.decryption.controller.as_ref();
        if controller.and_then(Controller::reads_post_quantum) == Some(false) {
            let tag = controller.map_or("", |controller| &controller.tag);
            return Err(Failure::new(format!(
                "kustomize-controller{} is too old for a post-quantum key: {tag}",
                cluster.of_several(clusters.len()),
            ))
            .hint("upgrade Flux to 2.9 or later, or leave --pq out")
            .exit(Exit::Failed));
        }
    }
    Ok(())
}
