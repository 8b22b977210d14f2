//! The clusters that take part, with those of their Secrets that are changed.

use shared::age::shown;
use shared::decryption::{self, AgeSecret, Place};
use shared::failure::{Exit, Failure, Result};

use super::{Scene, Target};
use crate::cluster::Cluster;
use crate::commands::rotate_key::journal::{Goal, Journal, Member};

impl Scene {
    /// Takes the clusters that answered, and remembers those of earlier runs.
    pub(super) fn take_clusters(
        &mut self,
        clusters: Vec<Cluster>,
        all: Vec<Vec<AgeSecret>>,
        before: Option<&Journal>,
    ) -> Result<()> {
        let mut members = before.map_or_else(Vec::new, |journal| journal.clusters.clone());
        for (cluster, secrets) in clusters.into_iter().zip(all) {
            let name = name_of(&cluster);
            let at = members.iter().position(|member| member.name == name);
            let known = at.map_or(&[][..], |at| &members[at].secrets);
            let secrets = self.taking_part(&name, secrets, known)?;
            let member = match at {
                Some(at) => &mut members[at],
                None => members.push_mut(Member {
                    name,
                    secrets: Vec::new(),
                    is_done: false,
                }),
            };
            for secret in &secrets {
                let place = secret.place.to_string();
                if !member.secrets.contains(&place) {
                    member.secrets.push(place);
                }
            }
            self.targets.push(Target { cluster, secrets });
        }
        self.journal.clusters = members;
        self.refuse_absent()
    }

    /// The Secrets of a cluster that have either key, or had the old one when the rotation began.
    fn taking_part(
        &mut self,
        cluster: &str,
        mut secrets: Vec<AgeSecret>,
        known: &[String],
    ) -> Result<Vec<AgeSecret>> {
        secrets.retain(|secret| {
            let recipients = secret.recipients();
            known.contains(&secret.place.to_string())
                || recipients.contains(&self.old.recipient)
                || recipients.contains(&self.new.recipient)
        });
        if secrets.is_empty() {
            return Err(Failure::new(format!(
                "no Secret of the cluster {cluster} has the key: {}",
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
        Ok(secrets)
    }

    /// Files for one key alone would shut out a cluster that is not named.
    fn refuse_absent(&self) -> Result<()> {
        if self.only_this_cluster || self.journal.goal == Goal::Both {
            return Ok(());
        }
        let here = self.names();
        let members = &self.journal.clusters;
        let absent = members
            .iter()
            .filter(|member| !member.is_done && !here.contains(&member.name));
        let absent: Vec<&str> = absent.map(|member| member.name.as_str()).collect();
        if absent.is_empty() {
            return Ok(());
        }
        let all: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        Err(Failure::new(format!(
            "other clusters use the key too: {}",
            absent.join(", ")
        ))
        .hint(format!("name them all: --context {}", all.join(",")))
        .hint("or leave files as they are for them: --complete --only-this-cluster"))
    }

    /// The names of the clusters that answered.
    fn names(&self) -> Vec<String> {
        let clusters = self.targets.iter().map(|target| &target.cluster);
        clusters.map(name_of).collect()
    }

    /// Writes down that the goal was reached; of some clusters only, that these are done.
    pub(in crate::commands::rotate_key) fn finish(&mut self) -> Result<()> {
        let here = self.names();
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
        cluster.refuse_unseen()?;
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
