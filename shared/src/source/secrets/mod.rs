//! Looks into the few Secrets whose keys decide something: which they are is told by the facts
//! that were read before. Their values become facts at once.

mod issuers;
mod pods;
mod tls;
mod wanted;

use std::collections::HashSet;

use futures::future::join_all;
use zeroize::Zeroizing;

use self::wanted::Wanted;
use super::document::Document;
use crate::facts::kinds::secret::Secret;
use crate::facts::{AnyFact, Fact, Kind, Lists};
use crate::kube::{Api, Discovery, Refusal};

/// Completes the listed Secrets of which keys matter and are not known yet.
///
/// # Errors
/// When the server does not know us any more.
pub(super) async fn look_into(
    api: &Api,
    discovery: &Discovery,
    lists: &mut Lists,
) -> Result<(), Refusal> {
    let wanted = Wanted::of(lists);
    let (places, _) = discovery.places(Kind::Secret);
    let Some(place) = places.first() else {
        return Ok(());
    };
    let listing = &mut lists.Secret;
    let chosen = listing
        .items
        .iter_mut()
        .filter(|secret| !secret.keys_known())
        .filter(|secret| wanted.has(secret));
    let reads = chosen.map(|secret| async {
        let path = place.object_path(&secret.metadata.namespace, &secret.metadata.name);
        (secret.reference(), read(api, &path, secret).await)
    });
    let read = join_all(reads).await;
    let mut gone = HashSet::new();
    for (name, read) in read {
        match read {
            Ok(()) => {}
            Err(Refusal::NotFound(_)) => {
                gone.insert(name);
            }
            Err(refusal @ Refusal::Unauthorized(_)) => return Err(refusal),
            Err(refusal) => {
                listing.gap.get_or_insert_with(|| refusal.gap());
            }
        }
    }
    // What was deleted since the list was made is not there any more.
    listing.items.retain(|one| !gone.contains(&one.reference()));
    Ok(())
}

async fn read(api: &Api, path: &str, secret: &mut Secret) -> Result<(), Refusal> {
    let body = Zeroizing::new(api.get(path, "application/json").await?);
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let mut document = Document::of_object(text);
    match document.objects.pop() {
        Some(AnyFact::Secret(read)) => {
            *secret = *read;
            // A Secret without any has no key, which is not the same as not having looked.
            secret.data.get_or_insert_default();
            Ok(())
        }
        _ => Err(Refusal::Unreadable("the answer is no Secret".to_owned())),
    }
}
