//! cluster/file-unopenable: The cluster cannot open a file that it is to apply.
//!
//! A Kustomization builds the file, and none of the keys that it decrypts with is among the
//! file's recipients. The Kustomization fails as a whole: nothing of it is applied.
//!
//! Add the cluster's public key to the file's rule in `.sops.yaml` and run
//! `flux sops-age updatekeys -y --all`; or give the cluster the key that opens the file.

use shared::age::shown;
use shared::facts::{Gap, Reason};
use shared::finding::{Findings, Level};

use super::super::Need;
use super::super::evidence::{coverage, secret};
use crate::cluster::KeySecret;
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Cluster, Need::Sealed, Need::Built];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let Some(cluster) = seen.cluster else { return };
    for user in &cluster.users {
        let name = secret::name(&user.kustomization);
        for (file, sealed) in coverage::sealed(seen, cluster, &user.kustomization) {
            // Other keys than age's are known to the controller alone.
            if !sealed.is_of_age() {
                continue;
            }
            let state = user
                .secret
                .as_ref()
                .and_then(|place| Some((place, cluster.secrets.get(place)?)));
            let (place, why) = match state {
                Some((_, KeySecret::Unseen(gap))) => {
                    found.skip(gap.clone());
                    continue;
                }
                Some((place, KeySecret::Missing(_))) => {
                    (Some(place), format!("Secret {place} does not exist"))
                }
                Some((place, state)) => {
                    let keys: Vec<String> = state
                        .taken()
                        .iter()
                        .map(|(_, key)| (*key).to_owned())
                        .collect();
                    if sealed.opens_with(&keys) || state.has_others() {
                        continue;
                    }
                    let keys: Vec<String> = keys.iter().map(|key| shown(key)).collect();
                    let has = if keys.is_empty() {
                        "no age key".to_owned()
                    } else {
                        keys.join(", ")
                    };
                    (Some(place), format!("Secret {place} has {has}"))
                }
                None => match &cluster.controller_gap {
                    Some(gap) => {
                        let why = format!("the Secret of {name} is not known: {}", gap.message);
                        found.skip(Gap::new(gap.reason.min(Reason::Unreadable), why));
                        continue;
                    }
                    None => (None, "no Secret is named".to_owned()),
                },
            };
            let all = sealed.metadata.recipients();
            let wants: Vec<String> = all.map(|one| shown(one.name())).collect();
            let text = format!(
                "cannot be opened by {name}, which builds it: it is encrypted for {}, and {why}",
                wants.join(", ")
            );
            let finding = found.at(Level::Error, file.object(), file.place(sealed.block), text);
            if let Some(place) = place {
                finding.suspect([secret::object(place)]);
            }
        }
    }
}
