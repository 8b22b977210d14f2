//! Who decrypts in a cluster, and with which Secrets.

use std::collections::BTreeSet;

use super::controller::Controller;
use super::secret::Place;
use crate::facts::kinds::flux_apply::Kustomization;
use crate::facts::{Facts, Gap, Kind};
use crate::failure::Result;
use crate::kube::Cluster;
use crate::source;

/// A Kustomization that decrypts.
#[derive(Debug, Clone)]
pub struct User {
    /// The Kustomization.
    pub kustomization: Kustomization,
    /// The Secret that it decrypts with; nothing where neither it nor the controller names one.
    pub secret: Option<Place>,
}

/// How a cluster decrypts.
#[derive(Debug)]
pub struct Decryption {
    /// kustomize-controller; nothing where it is not installed, or could not be looked at.
    pub controller: Option<Controller>,
    /// The Kustomizations that decrypt.
    pub users: Vec<User>,
    /// The Kustomizations that do not.
    pub others: Vec<Kustomization>,
    /// Why Kustomizations could not be looked at, all or in part.
    pub gap: Option<Gap>,
    /// Why Deployments could not be looked at, so that the controller is not known.
    pub controller_gap: Option<Gap>,
}

impl Decryption {
    /// Asks a cluster.
    ///
    /// # Errors
    /// When it says nothing at all.
    pub async fn of(cluster: &Cluster) -> Result<Self> {
        let wanted = BTreeSet::from([Kind::Kustomization, Kind::Deployment]);
        let facts = source::read_kinds_of(cluster, &wanted).await?;
        Ok(Self::of_facts(&facts))
    }

    /// Takes it from what was read of a cluster: Kustomizations and Deployments.
    pub fn of_facts(facts: &Facts) -> Self {
        let controller = Controller::of(facts);
        let all: &[Kustomization] = facts.all();
        let (users, others): (Vec<_>, Vec<_>) = all
            .iter()
            .cloned()
            .partition(|kustomization| kustomization.spec.decryption.is_some());
        Self {
            users: users
                .into_iter()
                .map(|kustomization| User {
                    secret: secret_of(&kustomization, controller.as_ref()),
                    kustomization,
                })
                .collect(),
            others,
            controller,
            gap: facts.gap(Kind::Kustomization).cloned(),
            controller_gap: facts.gap(Kind::Deployment).cloned(),
        }
    }

    /// Why nobody can tell who decrypts, or with which Secret; nothing where that is known.
    pub fn unseen(&self) -> Option<&Gap> {
        let names_none = self.users.iter().any(|user| user.secret.is_none());
        let of_controller = self.controller_gap.as_ref().filter(|_| names_none);
        let mut gaps = self.gap.iter().chain(of_controller);
        gaps.find(|gap| gap.reason.is_incomplete())
    }

    /// The Secrets that are decrypted with, each once.
    pub fn secrets(&self) -> BTreeSet<Place> {
        let users = self.users.iter().filter_map(|user| user.secret.clone());
        users.collect()
    }
}

/// The Secret that it names in its own namespace goes before the controller's.
fn secret_of(kustomization: &Kustomization, controller: Option<&Controller>) -> Option<Place> {
    let named = kustomization.spec.decryption.as_ref()?.secret_ref.as_ref();
    match named {
        Some(secret) => Some(Place::new(
            &*kustomization.metadata.namespace,
            &*secret.name,
        )),
        None => {
            let controller = controller?;
            let name = controller.default_secret.as_ref()?;
            Some(Place::new(&*controller.namespace, &**name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Reason;

    fn decryption(
        secret: Option<Place>,
        gap: Option<Gap>,
        controller_gap: Option<Gap>,
    ) -> Decryption {
        let user = User {
            kustomization: Kustomization::default(),
            secret,
        };
        Decryption {
            controller: None,
            users: vec![user],
            others: Vec::new(),
            gap,
            controller_gap,
        }
    }

    #[test]
    fn who_decrypts_is_unseen_where_a_list_is_and_where_a_flag_that_is_needed_is() {
        let forbidden = || Some(Gap::new(Reason::Forbidden, "no"));
        let absent = || Some(Gap::new(Reason::NotInstalled, "no"));
        let named = || Some(Place::new("flux-system", "sops-age"));
        for (secret, gap, controller_gap, is_unseen) in [
            (named(), None, None, false),
            (named(), forbidden(), None, true),
            (named(), None, forbidden(), false),
            (None, None, forbidden(), true),
            (None, absent(), absent(), false),
        ] {
            let found = decryption(secret, gap, controller_gap);
            assert_eq!(found.unseen().is_some(), is_unseen, "{found:?}");
        }
    }
}
