//! What a rotation finds: the clusters with their Secrets, the encrypted files, the rules, and the two keys.

use std::path::PathBuf;

use shared::age::{Identity, Keyring, sources};
use shared::decryption::{AgeSecret, Place};
use shared::failure::{Exit, Failure, Result};
use shared::sops::{Layout, data_key};

use super::RotateKey;
use super::gate::Rule;
use super::identity::{self, Held, shown};
use super::journal::{Goal, Journal, Member};
use super::stop;
use crate::clusters::{self, Cluster};
use crate::key_file::KeyFile;
use crate::prompt;
use crate::repository::Repository;
use crate::repository::encrypted::{self, Encrypted};

/// A cluster with the Secrets that are changed.
pub(super) struct Target {
    pub(super) cluster: Cluster,
    pub(super) secrets: Vec<AgeSecret>,
}

/// All that a rotation finds.
pub(super) struct Scene {
    pub(super) repository: Repository,
    pub(super) journal: Journal,
    pub(super) key_file: KeyFile,
    pub(super) targets: Vec<Target>,
    pub(super) files: Vec<Encrypted>,
    /// How files are laid out.
    pub(super) layout: Layout,
    pub(super) old: Held,
    pub(super) new: Held,
    /// Whether files stay for both keys.
    pub(super) only_this_cluster: bool,
    pub(super) notes: Vec<String>,
}

impl Scene {
    /// Looks at everything; nothing is written yet, the journal neither.
    pub(super) async fn look(
        arguments: &RotateKey,
        goal: Goal,
        repository: Repository,
        under_way: Option<Journal>,
    ) -> Result<Self> {
        refuse_detour(under_way.as_ref(), goal)?;
        let config = repository.config()?.ok_or_else(|| {
            stop("the repository has no .sops.yaml").hint("set one up: flux sops-age bootstrap")
        })?;
        let key_file = KeyFile::open(arguments.key_file.as_deref())?;
        let (files, odd) = encrypted::all(config.folder())?;
        if let Some(odd) = odd.into_iter().next() {
            return Err(odd
                .hint("mend the file first: it could not be encrypted for the new key")
                .exit(Exit::Failed));
        }
        let clusters = clusters::ask(&arguments.connection.connection()).await?;
        let all = read_secrets(&clusters).await?;
        let in_clusters: Vec<Identity> = all
            .iter()
            .flatten()
            .flat_map(AgeSecret::identities)
            .cloned()
            .collect();
        let mut named = Vec::new();
        for index in 0..config.len() {
            let rule = config.rule(index)?;
            let groups = rule.into_iter().flat_map(|rule| rule.groups);
            named.extend(
                groups
                    .flat_map(|group| group.recipients)
                    .map(|recipient| recipient.name().to_owned()),
            );
        }
        let (old, new) = match (&under_way, &arguments.old) {
            (Some(journal), _) => (journal.old.clone(), Some(journal.new.clone())),
            (None, Some(old)) => (old.clone(), arguments.new.clone()),
            (None, None) if goal == Goal::Both => {
                (identity::old(&named, &in_clusters)?, arguments.new.clone())
            }
            (None, None) => {
                return Err(stop("no rotation is under way here")
                    .hint("begin one: flux sops-age rotate-key")
                    .hint("or name the keys of one that was begun elsewhere: --old PUBLIC-KEY --new PUBLIC-KEY"));
            }
        };
        let new = match new {
            Some(new) => {
                let held = Held::find(&new, &key_file, &in_clusters);
                let is_used = named.contains(&new)
                    || files
                        .iter()
                        .any(|file| encrypted::names(&file.metadata, &new));
                match held.identity {
                    // A run ended between writing down what it would make and keeping it: nobody uses it.
                    None if under_way.is_some() && goal == Goal::Both && !is_used => {
                        Held::make(arguments.pq)?
                    }
                    _ => held,
                }
            }
            None if goal == Goal::Both => Held::make(arguments.pq)?,
            None => {
                return Err(stop("the new key is not named").hint("name it: --new PUBLIC-KEY"));
            }
        };
        if old == new.recipient {
            return Err(stop(format!("the new key is the old one: {}", shown(&old))));
        }
        let old = Held::find(&old, &key_file, &in_clusters);
        identity::refuse_unreadable(&new.recipient, &clusters)?;
        let mut scene = Self {
            journal: Journal {
                old: old.recipient.clone(),
                new: new.recipient.clone(),
                goal: if arguments.only_this_cluster {
                    Goal::Both
                } else {
                    goal
                },
                clusters: Vec::new(),
                is_done: false,
            },
            only_this_cluster: arguments.only_this_cluster,
            layout: config.layout,
            notes: notes(&repository, clusters.len()),
            repository,
            key_file,
            targets: Vec::new(),
            files,
            old,
            new,
        };
        scene.take_clusters(clusters, all, under_way.as_ref())?;
        Ok(scene)
    }

    /// The Secrets that have either key, or had the old one when the rotation began.
    fn take_clusters(
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

    /// Everything that opens files: of this machine and of the clusters.
    pub(super) fn keyring(&self) -> Keyring {
        let mut keyring = sources::collect(&prompt::passphrase());
        let held = [&self.old.identity, &self.new.identity];
        keyring.add(held.into_iter().flatten().cloned());
        keyring
    }

    /// The paths of the files that name one of the keys.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let named = self.files.iter().filter(|file| {
            encrypted::names(&file.metadata, &self.old.recipient)
                || encrypted::names(&file.metadata, &self.new.recipient)
        });
        named.map(|file| file.path.clone()).collect()
    }

    /// The public key that leaves the clusters.
    pub(super) fn leaving(&self) -> String {
        shown(match self.journal.goal {
            Goal::Old => &self.new.recipient,
            Goal::New | Goal::Both => &self.old.recipient,
        })
    }

    /// What a cluster must have reconciled before a key leaves it.
    pub(super) fn rule_of_leaving(&self) -> Rule {
        let (old, new) = (self.old.recipient.as_str(), self.new.recipient.as_str());
        match self.journal.goal {
            Goal::Old => Rule::can_do_without(new, old),
            Goal::New => Rule::lacks(old),
            Goal::Both => Rule::can_do_without(old, new),
        }
    }

    /// What a cluster has reconciled that decrypts files for both keys.
    pub(super) fn rule_of_both(&self) -> Rule {
        let (old, new) = (&self.old.recipient, &self.new.recipient);
        if self.paths().is_empty() {
            Rule::can_do_without(old, new)
        } else {
            Rule::names(new)
        }
    }

    /// The commit's message.
    pub(super) fn message(&self) -> &'static str {
        match self.journal.goal {
            Goal::Old => "Encrypt for the old age key alone again",
            Goal::New | Goal::Both => "Encrypt for the new age key alone",
        }
    }

    /// Writes down that the goal was reached; of some clusters only, that these are done.
    pub(super) fn finish(&mut self) -> Result<()> {
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

    /// Sees that each key alone, as the clusters have it now, opens every file that is for both.
    pub(super) async fn prove_both(&self) -> Result<()> {
        let (files, _) = encrypted::all(
            self.repository
                .config_path
                .parent()
                .unwrap_or(&self.repository.root),
        )?;
        for target in &self.targets {
            for before in &target.secrets {
                let secret = target.cluster.secret(&before.place).await?;
                let identities: Vec<Identity> = secret
                    .iter()
                    .flat_map(AgeSecret::identities)
                    .cloned()
                    .collect();
                for held in [&self.old, &self.new] {
                    let own = identities
                        .iter()
                        .filter(|one| one.recipient() == held.recipient);
                    let own: Vec<Identity> = own.cloned().collect();
                    // Another run may have taken the old one from this cluster already.
                    if own.is_empty() && held.recipient == self.old.recipient {
                        continue;
                    }
                    let keyring = Keyring::of(own);
                    let of_pair = files
                        .iter()
                        // A key group more is for others to open.
                        .filter(|file| file.metadata.groups.len() == 1)
                        .filter(|file| encrypted::names(&file.metadata, &held.recipient));
                    for file in of_pair {
                        data_key::open(&file.metadata, &keyring).map_err(|failure| {
                            Failure::new(format!(
                                "the key in Secret {} does not open {}: {failure}",
                                before.place,
                                self.repository.shown(&file.path)
                            ))
                            .hint("run the same command again, or go back: flux sops-age rotate-key --abort")
                            .exit(Exit::Failed)
                        })?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The name by which the journal knows a cluster.
pub(super) fn name_of(cluster: &Cluster) -> String {
    match cluster.name.as_str() {
        "" => cluster.connected.server.clone(),
        name => name.to_owned(),
    }
}

/// Every Secret that a cluster decrypts with.
async fn read_secrets(clusters: &[Cluster]) -> Result<Vec<Vec<AgeSecret>>> {
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
        places.insert(Place::new(
            shared::decryption::NAMESPACE,
            shared::decryption::SECRET,
        ));
        let mut secrets = Vec::new();
        for place in places {
            secrets.extend(cluster.secret(&place).await?);
        }
        all.push(secrets);
    }
    Ok(all)
}

/// From one goal only some others can be reached.
fn refuse_detour(journal: Option<&Journal>, goal: Goal) -> Result<()> {
    match (journal.map(|journal| journal.goal), goal) {
        (Some(Goal::New), Goal::Both) => Err(stop("the rotation is being completed already")
            .hint("go on: flux sops-age rotate-key --complete")
            .hint("or go back: flux sops-age rotate-key --abort")),
        (Some(Goal::Old), Goal::Both | Goal::New) => Err(stop("the rotation is being undone")
            .hint("end that first: flux sops-age rotate-key --abort")),
        _ => Ok(()),
    }
}

/// What a person should know before.
fn notes(repository: &Repository, clusters: usize) -> Vec<String> {
    let synced = crate::repository::walk::files(&repository.root).unwrap_or_default();
    let synced = synced
        .iter()
        .filter(|file| {
            file.file_name()
                .is_some_and(|name| name == "gotk-sync.yaml")
        })
        .count();
    if synced > clusters {
        vec![format!(
            "the repository is synced to {synced} clusters, and {clusters} take part: one that has the old key and not the new one fails once files are for the new one alone; name them all: --context NAME,NAME"
        )]
    } else {
        Vec::new()
    }
}
