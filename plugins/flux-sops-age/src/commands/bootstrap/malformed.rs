//! A Secret with a key that nobody can read.

use shared::decryption::{AgeSecret, Content};
use shared::failure::{Exit, Failure, Result};

use super::scene::Target;

/// The controller reads no key of a Secret in which one is malformed.
pub(super) fn refuse(target: &Target) -> Result<()> {
    let Some(secret) = &target.secret else {
        return Ok(());
    };
    let odd = secret
        .entries
        .iter()
        .find_map(|entry| match &entry.content {
            Content::Malformed(why) => Some((entry, why)),
            _ => None,
        });
    match odd {
        Some((entry, why)) => Err(Failure::new(format!(
            "Secret {} has a key that nobody can read: {}: {why}",
            secret.place, entry.data_key
        ))
        .hint(remedy(secret, &entry.data_key))
        .exit(Exit::Failed)),
        None => Ok(()),
    }
}

fn remedy(secret: &AgeSecret, data_key: &str) -> String {
    format!(
        "mend it, or take it out: kubectl -n {} patch secret {} --type=json -p '[{{\"op\":\"remove\",\"path\":\"/data/{}\"}}]'",
        secret.place.namespace,
        secret.place.name,
        data_key.replace('~', "~0").replace('/', "~1")
    )
}
