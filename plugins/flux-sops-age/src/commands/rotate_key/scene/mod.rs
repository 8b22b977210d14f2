//! What a rotation finds: the clusters with their Secrets, the encrypted files, the rules, and the two keys.

mod coded;
mod goal;
mod members;
mod pair;
mod proof;

use std::path::{Path, PathBuf};

use shared::age::{Identity, Keyring, sources};
use shared::decryption::AgeSecret;
use shared::failure::{Exit, Failure, Result};
use shared::sops::Layout;
use shared::sops::rules::{self, Config};

use super::RotateKey;
use super::identity::Held;
use super::journal::{Goal, Journal};
use crate::cluster::{self, Cluster};
use crate::key_file::KeyFile;
use crate::prompt;
use crate::repository::{Repository, git};
use crate::tree::{File, Sealed, Tree};
use pair::Places;

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
    /// The working tree, below the folder of `.sops.yaml`.
    tree: Tree,
    /// The text of `.sops.yaml`.
    pub(super) config_text: String,
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
        goal::refuse_detour(arguments, under_way.as_ref())?;
        let config_text = repository.config_text()?.ok_or_else(|| {
            Failure::new("the repository has no .sops.yaml")
                .hint("set one up: flux sops-age bootstrap")
        })?;
        let config = Config::parse(&repository.config_path, &config_text)?;
        config.check()?;
        let key_file = KeyFile::open(arguments.key_file.as_deref())?;
        let tree = tree(&repository)?;
        let clusters = cluster::ask(&arguments.connection.connection()).await?;
        let secrets = members::read_secrets(&clusters).await?;
        let in_clusters = secrets.iter().flatten().flat_map(AgeSecret::identities);
        let in_clusters: Vec<Identity> = in_clusters.cloned().collect();
        let places = Places {
            config: &config,
            tree: &tree,
            key_file: &key_file,
            in_clusters: &in_clusters,
        };
        let (old, new) = pair::find(arguments, goal, under_way.as_ref(), places)?;
        let all: Vec<&Cluster> = clusters.iter().collect();
        cluster::refuse_unreadable(&new.recipient, &all)?;
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
            notes: notes(&tree, &repository, clusters.len()),
            repository,
            key_file,
            targets: Vec::new(),
            tree,
            config_text,
            old,
            new,
        };
        scene.look_into_coded(goal)?;
        scene.take_clusters(clusters, secrets, under_way.as_ref())?;
        Ok(scene)
    }

    /// Everything that opens files: of this machine and of the clusters.
    pub(super) fn keyring(&self) -> Keyring {
        let mut keyring = sources::collect(&prompt::passphrase());
        let held = [&self.old.identity, &self.new.identity];
        keyring.add(held.into_iter().flatten().cloned());
        keyring
    }

    /// The configurations of folders below, which rule the files there.
    pub(super) fn other_configs(&self) -> impl Iterator<Item = &Path> {
        let files = self.tree.files.iter().map(|file| file.path.as_path());
        let ours = self.repository.config_path.as_path();
        files.filter(move |path| *path != ours && path.ends_with(rules::NAME))
    }

    /// The files that name one of the keys.
    pub(super) fn files(&self) -> impl Iterator<Item = (&File, &Sealed)> {
        self.tree.sealed().filter(|(_, sealed)| {
            sealed.metadata.is_for(&self.old.recipient)
                || sealed.metadata.is_for(&self.new.recipient)
        })
    }

    /// Their paths.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.files().map(|(file, _)| file.path.clone()).collect()
    }
}

/// Reads the tree below the folder of `.sops.yaml`.
///
/// # Errors
/// When a file cannot be read, or is encrypted and nobody could open it: it would keep the old key.
fn tree(repository: &Repository) -> Result<Tree> {
    let folder = repository.config_path.parent();
    let folder = folder.unwrap_or(&repository.root).to_owned();
    let config = Some(repository.config_path.as_path());
    let tree = Tree::read(repository, &[folder], config, &Keyring::of([]))?;
    if let Some(gap) = &tree.unreadable {
        return Err(Failure::new(format!("cannot read {}", gap.message)).exit(Exit::Incomplete));
    }
    let broken = tree.broken().next();
    match broken {
        Some(why) => Err(Failure::new(why)
            .hint("mend the file first: it could not be encrypted for the new key")
            .exit(Exit::Failed)),
        None => Ok(tree),
    }
}

/// What a person should know before.
fn notes(tree: &Tree, repository: &Repository, clusters: usize) -> Vec<String> {
    let mut notes: Vec<String> = tree.unread().collect();
    let below = git::submodules(&repository.root, "HEAD").unwrap_or_default();
    notes.extend(below.into_iter().map(|(path, _)| {
        format!(
            "files of the submodule {} are not encrypted anew from here: the key stays in the cluster while one of them needs it",
            path.display()
        )
    }));
    let is_sync = |file: &&File| file.path.ends_with("gotk-sync.yaml");
    let synced = tree.files.iter().filter(is_sync).count();
    if synced > clusters {
        notes.push(format!(
            "the repository is synced to {synced} clusters, and {clusters} take part: one that has the old key and not the new one fails once files are for the new one alone; name them all: --context NAME,NAME"
        ));
    }
    notes
}
