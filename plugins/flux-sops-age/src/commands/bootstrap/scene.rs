//! What is there before anything is written.

use std::path::PathBuf;

use shared::age::Keyring;
use shared::decryption::{AgeSecret, Place, SECRET};
use shared::failure::Result;
use shared::kube::{Connection, Refusal};
use shared::sops::rules::Config;

use super::Bootstrap;
use crate::arguments::Global;
use crate::cluster::{self, Cluster};
use crate::key_file::KeyFile;
use crate::repository::Repository;
use crate::tree::Tree;

/// A cluster with the Secret that it has.
pub(super) struct Target {
    pub(super) cluster: Cluster,
    pub(super) secret: Option<AgeSecret>,
    pub(super) lacks_namespace: bool,
}

/// All that is looked at.
pub(super) struct Scene {
    pub(super) repository: Repository,
    /// The text of `.sops.yaml`; none where there is no such file.
    pub(super) config_text: Option<String>,
    pub(super) config: Option<Config>,
    pub(super) key_file: KeyFile,
    /// Where the Secret is, or will be.
    pub(super) place: Place,
    /// Whether the controller takes that Secret where a Kustomization names none.
    pub(super) by_flag: bool,
    pub(super) targets: Vec<Target>,
    pub(super) tree: Tree,
    /// Encrypted files that do not name the chosen key.
    pub(super) others_keys: usize,
    /// What a person should know.
    notes: Vec<String>,
}

impl Scene {
    /// Looks at the repository alone.
    pub(super) fn of_repository(arguments: &Bootstrap, global: &Global) -> Result<Self> {
        let config = global.config.as_deref();
        let repository = Repository::find(config)?;
        let config_text = repository.config_text()?;
        let parsed = config_text
            .as_deref()
            .map(|text| Config::parse(&repository.config_path, text));
        let tree = Tree::read(
            &repository,
            std::slice::from_ref(&repository.root),
            config.filter(|_| config_text.is_some()),
            &Keyring::of([]),
        )?;
        let name = arguments.secret.as_deref().unwrap_or(SECRET);
        Ok(Self {
            config: parsed.transpose()?,
            config_text,
            key_file: KeyFile::open(arguments.key_file.as_deref())?,
            place: Place::new(&*arguments.namespace, name),
            by_flag: false,
            targets: Vec::new(),
            others_keys: 0,
            notes: tree.broken().chain(tree.unread()).collect(),
            tree,
            repository,
        })
    }

    /// Looks at the repository and at the clusters.
    pub(super) async fn of_clusters(
        arguments: &Bootstrap,
        global: &Global,
        connection: &Connection,
    ) -> Result<Self> {
        let mut scene = Self::of_repository(arguments, global)?;
        let clusters = cluster::ask(connection).await?;
        scene.take_default(arguments, &clusters);
        for cluster in clusters {
            let secret = cluster.secret(&scene.place).await?;
            let path = format!("/api/v1/namespaces/{}", scene.place.namespace);
            let lacks_namespace = secret.is_none()
                && matches!(
                    cluster.connected.api.get(&path, "application/json").await,
                    Err(Refusal::NotFound(_))
                );
            scene.targets.push(Target {
                cluster,
                secret,
                lacks_namespace,
            });
        }
        Ok(scene)
    }

    /// The controller's own default, where all clusters have the same and nobody says otherwise.
    fn take_default(&mut self, arguments: &Bootstrap, clusters: &[Cluster]) {
        let defaults: Vec<Option<Place>> = clusters
            .iter()
            .map(|cluster| {
                let controller = cluster.decryption.controller.as_ref()?;
                let name = controller.default_secret.as_ref()?;
                Some(Place::new(&*controller.namespace, &**name))
            })
            .collect();
        let Some(Some(first)) = defaults.first() else {
            return;
        };
        if defaults.iter().any(|other| other.as_ref() != Some(first)) {
            return;
        }
        if arguments.secret.is_none() || self.place == *first {
            self.by_flag = true;
            self.place = first.clone();
        }
    }

    /// Counts the encrypted files that do not name the chosen key.
    pub(super) fn count_others_keys(&mut self, recipient: &str) {
        let others = self
            .tree
            .sealed()
            .filter(|(_, sealed)| !sealed.metadata.is_for(recipient));
        self.others_keys = others.count();
    }

    /// Says what a person should know.
    pub(super) fn tell_notes(&self) {
        for note in &self.notes {
            cli::note!("warning: {note}");
        }
    }

    /// What a key is made for, as the key file says it.
    pub(super) fn purpose(&self) -> String {
        self.repository.config_path.display().to_string()
    }

    /// The files that a commit should have for all this to work.
    pub(super) fn files_of_interest(&self) -> Vec<PathBuf> {
        let all = self.tree.kustomizations();
        let decrypting = all.filter(|(_, one)| one.decrypts);
        let mut files: Vec<PathBuf> = decrypting.map(|(file, _)| file.path.clone()).collect();
        files.push(self.repository.config_path.clone());
        files.sort();
        files.dedup();
        files
    }
}
