//! The clusters that take part, with those of their Secrets that are changed.

use shared::age::shown;
use shared::decryption::{self, AgeSecret, Place};
use shared::failure::{Exit, Failure, Result};

use super::{Scene, Target};
use crate::cluster::Cluster;
use crate::commands::rotate_key::journal::{Goal, Journal, Member};
use crate::commands::rotate_key::stop;

impl Scene {
    /// The Secrets that have either key, or had the old one when the rotation began.
    pub(super) fn take_clusters(
        &mut self,
        clusters: Vec<Cluster>,
        all: Vec<Vec<AgeSecret>>,
        before: Option<&Journal>,
    ) -> Result<()> {
        let mut members: Vec<Member> =
            before.map_or_else(Vec::new, |journal| journal.clusters.clone());
        for (cluster, secrets) in clusters.into_iter().zip(all) {
            let name = name_of(&cluster);
            let known = members.iter().position(|member| member.name == name);
            let secrets: Vec<AgeSecret> = secrets
                .into_iter()
                .filter(|secret| {
                    let place = secret.place.to_string();
                    let recipients = secret.recipients();
                    let was = known.is_some_and(|at| members[at].secrets.contains(&place));
                    was || recipients.contains(&self.old.recipient)
                        || recipients.contains(&self.new.recipient)
                })
                .collect();
            if secrets.is_empty() {
                return Err(stop(format!(
                    "no Secret of the cluster {name} has the key: {}",
                    shown(&self.old.recipient)
                ))
                .hint("see what it has: flux sops-age check")
                .exit(Exit::Failed));
            }
            if let Some(secret) = secrets.iter().find(|secret| secret.applied_by.is_some()) {
                self.notes.push(format!(
                    "Secret {} is applied by Kustomization {}: change it in Git too, or Flux puts the old key back",
                    secret.place,
                    secret.applied_by.as_deref().unwrap_or_default()
                ));
            }
            let places: Vec<String> = secrets
                .iter()
                .map(|secret| secret.place.to_string())
                .collect();
            match known {
                Some(at) => {
                    for place in places {
                        if !members[at].secrets.contains(&place) {
                            members[at].secrets.push(place);
                        }
                    }
                }
                None => members.push(Member {
                    name,
                    secrets: places,
                    is_done: false,
                }),
            }
            self.targets.push(Target { cluster, secrets });
        }
        let here: Vec<String> = self
            .targets
            .iter()
            .map(|target| name_of(&target.cluster))
            .collect();
        let absent: Vec<&str> = members
            .iter()
            .filter(|member| !member.is_done && !here.contains(&member.name))
            .map(|member| member.name.as_str())
            .collect();
        if !absent.is_empty() && !self.only_this_cluster && self.journal.goal != Goal::Both {
            let all: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            return Err(stop(format!(
                "other clusters use the key too: {}",
                absent.join(", ")
            ))
            .hint(format!("name them all: --context {}", all.join(",")))
            .hint("or leave files as they are for them: --complete --only-this-cluster"));
        }
        self.journal.clusters = members;
        Ok(())
    }

    /// Writes down that the goal was reached; of some clusters only, that these are done.
    pub(in crate::commands::rotate_key) fn finish(&mut self) -> Result<()> {
        let here: Vec<String> = self
            .targets
            .iter()
            .map(|target| name_of(&target.cluster))
            .collect();
        for member in &mut self.journal.clusters {
            member.is_done |= here.contains(&member.name);
        }
        self.journal.is_done = !self.only_this_cluster;
        self.journal.save(&self.repository)
    }
}

/// The name by which the journal knows a cluster.
fn name_of(cluster: &Cluster) -> String {
    match cluster.name.as_str() {
        "" => cluster.connected.server.clone(),
        name => name.to_owned(),
    }
}

/// Every Secret that a cluster decrypts with.
pub(super) async fn read_secrets(clusters: &[Cluster]) -> Result<Vec<Vec<AgeSecret>>> {
    let mut all = Vec::new();
    for cluster in clusters {
        if let Some(gap) = &cluster.decryption.gap
            && gap.reason.is_incomplete()
        {
            return Err(Failure::new(format!(
                "cannot see who decrypts in the cluster: {}: {}",
                cluster.connected.server, gap.message
            ))
            .hint("a key leaves a cluster only when nobody there needs it: all Kustomizations must be readable")
            .exit(Exit::Incomplete));
        }
        let mut places = cluster.decryption.secrets();
        // Bootstrap's own, though nobody uses it yet.
        places.insert(Place::new(decryption::NAMESPACE, decryption::SECRET));
        let mut secrets = Vec::new();
        for place in places {
            secrets.extend(cluster.secret(&place).await?);
        }
        all.push(secrets);
    }
    Ok(all)
}
