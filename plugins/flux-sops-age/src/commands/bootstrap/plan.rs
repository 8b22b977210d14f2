//! What is missing, and making it so.

use std::io::Write;
use std::path::{Path, PathBuf};

use shared::decryption::{self, AgeSecret};
use shared::failure::{Exit, Failure, Result};
use shared::secret::Secret;
use shared::sops::{amend, rules};

use super::Bootstrap;
use super::choose::{self, Key};
use super::scene::{Scene, Target};
use crate::commands::io;
use crate::key_file;
use crate::repository::kustomizations::{self, Declared};
use crate::repository::{Repository, encrypted, reach};

/// The rule of a repository that has none.
const PATH: &str = r"\.enc\.yaml$";
const ENCRYPTED: &str = "^(data|stringData)$";

/// What a file becomes.
struct Edit {
    path: PathBuf,
    text: String,
    done: String,
}

/// A data key that a cluster lacks.
struct Added {
    target: usize,
    data_key: String,
}

/// All that is missing.
pub(super) struct Plan {
    keep: Option<String>,
    namespaces: Vec<usize>,
    added: Vec<Added>,
    edits: Vec<Edit>,
    lines: Vec<String>,
}

impl Plan {
    /// Finds out what is missing.
    pub(super) fn of(arguments: &Bootstrap, scene: &Scene, key: &Key) -> Result<Self> {
        let mut plan = Self {
            keep: None,
            namespaces: Vec::new(),
            added: Vec::new(),
            edits: Vec::new(),
            lines: Vec::new(),
        };
        if key.is_new {
            scene.key_file.refuse_git()?;
            plan.keep = Some(format!(
                "make a key, and keep it in {}: {}",
                scene.key_file.path.display(),
                shown(&key.recipient)
            ));
        }
        let several = scene.targets.len();
        for (index, target) in scene.targets.iter().enumerate() {
            let of = target.cluster.of_several(several);
            if target.lacks_namespace {
                if !arguments.create_namespace {
                    return Err(Failure::new(format!(
                        "there is no such namespace{of}: {}",
                        scene.place.namespace
                    ))
                    .hint("install Flux first, or make it: --create-namespace")
                    .exit(Exit::Failed));
                }
                plan.lines
                    .push(format!("make namespace {}{of}", scene.place.namespace));
                plan.namespaces.push(index);
            }
            if let Some(data_key) = missing(target.secret.as_ref(), &key.recipient) {
                plan.lines
                    .push(format!("apply Secret {}{of}: {data_key}", scene.place));
                plan.added.push(Added {
                    target: index,
                    data_key,
                });
            }
        }
        plan.rule(scene, &key.recipient)?;
        plan.decrypt(arguments, scene)?;
        let edits: Vec<String> = plan.edits.iter().map(|edit| edit.done.clone()).collect();
        plan.lines.extend(edits);
        Ok(plan)
    }

    /// A rule that names the key.
    fn rule(&mut self, scene: &Scene, recipient: &str) -> Result<()> {
        let path = &scene.repository.config_path;
        let name = scene.repository.shown(path);
        let text = scene.repository.config_text.as_deref().unwrap_or_default();
        let canary = path.with_file_name("secret.enc.yaml");
        let config = scene.config.as_ref();
        let names = |index| {
            let rule = config.and_then(|config| config.rule(index).ok().flatten());
            rule.is_some_and(|rule| {
                let groups = rule.groups.iter();
                groups
                    .flat_map(|group| &group.recipients)
                    .any(|one| encrypted::is(one, recipient))
            })
        };
        if (0..config.map_or(0, rules::Config::len)).any(names) {
            return Ok(());
        }
        let matching = match config {
            Some(config) => config.rule_for(&canary)?,
            None => None,
        };
        let (text, done) = match matching {
            Some(rule) => (
                amend::add_to_rule(text, rule.index, recipient)?,
                format!("amend {name}: rule {} names the key", rule.index + 1),
            ),
            None => (
                amend::add_rule(text, PATH, ENCRYPTED, recipient)?,
                format!("write {name}: {PATH} is encrypted for the key"),
            ),
        };
        self.edits.push(Edit {
            path: path.clone(),
            text,
            done,
        });
        Ok(())
    }

    /// `decryption` in the Kustomizations that need it.
    fn decrypt(&mut self, arguments: &Bootstrap, scene: &Scene) -> Result<()> {
        let secret = (!scene.by_flag).then_some(scene.place.name.as_str());
        for declared in needing(arguments, scene)? {
            let (path, is_patch) = if declared.is_generated() {
                (declared.file.with_file_name(reach::OWN[0]), true)
            } else {
                (declared.file.clone(), false)
            };
            let name = scene.repository.shown(&path);
            let at = self.edits.iter().position(|edit| edit.path == path);
            let before = match at {
                Some(at) => self.edits[at].text.clone(),
                None => read(&path)?,
            };
            let named = |failure: Failure| Failure::new(format!("{name}: {failure}"));
            let text = if is_patch {
                kustomizations::with_patch(&before, declared, secret).map_err(named)?
            } else {
                Some(kustomizations::with_decryption(&before, declared, secret).map_err(named)?)
            };
            let Some(text) = text else { continue };
            let done = format!(
                "change {name}: {} decrypts with {}",
                declared.shown(),
                scene.place
            );
            match at {
                Some(at) => {
                    self.edits[at].text = text;
                    self.edits[at].done = format!("{}; {}", self.edits[at].done, declared.shown());
                }
                None => self.edits.push(Edit { path, text, done }),
            }
        }
        Ok(())
    }

    /// Prints what would be done.
    pub(super) fn tell(&self, out: &mut impl Write) -> std::io::Result<()> {
        let lines: Vec<&String> = self.keep.iter().chain(&self.lines).collect();
        if lines.is_empty() {
            writeln!(out, "nothing is missing")?;
        }
        for line in lines {
            writeln!(out, "would {line}")?;
        }
        out.flush()
    }

    /// Does it, and says what was done.
    pub(super) async fn carry_out(
        &self,
        arguments: &Bootstrap,
        scene: &mut Scene,
        key: &Key,
        out: &mut impl Write,
    ) -> Result<()> {
        self.keep_key(scene, key, out)?;
        let several = scene.targets.len();
        for (index, target) in scene.targets.iter_mut().enumerate() {
            let of = target.cluster.of_several(several);
            let cluster = &target.cluster.connected;
            let namespace = &scene.place.namespace;
            if self.namespaces.contains(&index) && arguments.create_namespace {
                let made = decryption::ensure_namespace(&cluster.api, namespace).await;
                made.map_err(|refusal| {
                    let doing = format!("make namespace {namespace}");
                    decryption::refused(&doing, &cluster.server, &refusal)
                })?;
                tell(out, &format!("made namespace {namespace}{of}"));
            }
            let Some(added) = self.added.iter().find(|added| added.target == index) else {
                continue;
            };
            target.secret = Some(apply(target, &scene.place, added, key).await?);
            tell(
                out,
                &format!("applied Secret {}{of}: {}", scene.place, added.data_key),
            );
        }
        self.write_files(out)
    }

    fn keep_key(&self, scene: &mut Scene, key: &Key, out: &mut impl Write) -> Result<()> {
        if let (Some(identity), true) = (&key.identity, key.is_new) {
            let purpose = choose::purpose(scene);
            scene.key_file.add(identity, &purpose)?;
            tell(
                out,
                &format!(
                    "made a key, kept in {}: {}",
                    scene.key_file.path.display(),
                    shown(&key.recipient)
                ),
            );
        }
        Ok(())
    }

    /// Keeps the key and writes the files, where somebody else applies the Secret.
    pub(super) fn carry_out_without_cluster(
        &self,
        scene: &mut Scene,
        key: &Key,
        out: &mut impl Write,
    ) -> Result<()> {
        self.keep_key(scene, key, out)?;
        self.write_files(out)
    }

    fn write_files(&self, out: &mut impl Write) -> Result<()> {
        for edit in &self.edits {
            io::replace(&edit.path, edit.text.as_bytes())?;
            tell(out, &past(&edit.done));
        }
        Ok(())
    }

    /// Whether no Kustomization of the repository decrypts, even now.
    pub(super) fn leaves_nobody(&self, scene: &Scene) -> bool {
        let config = &scene.repository.config_path;
        let decrypts = |declared: &Declared| declared.decrypts_with.is_some();
        !scene.declared.iter().any(decrypts) && self.written().all(|path| path == config)
    }

    /// The files it writes.
    pub(super) fn written(&self) -> impl Iterator<Item = &Path> {
        self.edits.iter().map(|edit| edit.path.as_path())
    }

    /// The same, as a person would write them.
    pub(super) fn files(&self, repository: &Repository) -> Vec<String> {
        self.written().map(|path| repository.shown(path)).collect()
    }
}

/// What was planned, as done.
fn past(line: &str) -> String {
    let words = [
        ("write ", "wrote "),
        ("amend ", "amended "),
        ("change ", "changed "),
    ];
    let found = words
        .iter()
        .find_map(|(now, then)| Some((then, line.strip_prefix(now)?)));
    found.map_or_else(|| line.to_owned(), |(then, rest)| format!("{then}{rest}"))
}

/// Says that something was done. Where nobody listens, it is done all the same.
fn tell(out: &mut impl Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The name of the data key to add; none where the controller reads the key already.
fn missing(secret: Option<&AgeSecret>, recipient: &str) -> Option<String> {
    let Some(secret) = secret else {
        return Some(decryption::data_key(None, recipient));
    };
    let is_read = secret.recipients().iter().any(|one| one == recipient);
    (!is_read).then(|| decryption::data_key(Some(secret), recipient))
}

async fn apply(
    target: &Target,
    place: &decryption::Place,
    added: &Added,
    key: &Key,
) -> Result<AgeSecret> {
    let cluster = &target.cluster.connected;
    let identity = key.identity.as_ref().ok_or_else(|| {
        Failure::new(format!(
            "the private key is not at hand: {}",
            shown(&key.recipient)
        ))
        .hint("name the file that has it: --key-file FILE")
    })?;
    let text = key_file::entry(identity, &format!("Secret {place}"));
    let entries = [(added.data_key.clone(), Secret::from(text.as_str()))];
    let applied = decryption::add(&cluster.api, place, target.secret.as_ref(), &entries).await;
    applied.map_err(|refusal| {
        decryption::refused(&format!("apply Secret {place}"), &cluster.server, &refusal)
    })
}

/// The Kustomizations of our namespace that build encrypted files and do not decrypt. In a repository without any
/// such file, all but the one that Flux generates: files will come.
fn needing<'a>(arguments: &Bootstrap, scene: &'a Scene) -> Result<Vec<&'a Declared>> {
    let ours = |declared: &&Declared| {
        declared.namespace.is_empty() || declared.namespace == scene.place.namespace
    };
    if !arguments.kustomizations.is_empty() {
        let mut named = Vec::new();
        for name in &arguments.kustomizations {
            let found = scene
                .declared
                .iter()
                .filter(ours)
                .find(|declared| declared.name == *name);
            let found = found.ok_or_else(|| {
                Failure::new(format!(
                    "the repository has no such Flux Kustomization: {name}"
                ))
            })?;
            named.extend((found.decrypts_with.is_none()).then_some(found));
        }
        return Ok(named);
    }
    let root = &scene.repository.root;
    let covered = covered(scene)?;
    let without = scene
        .declared
        .iter()
        .filter(ours)
        .filter(|declared| declared.decrypts_with.is_none());
    Ok(if covered.is_empty() {
        without
            .filter(|declared| !declared.is_generated())
            .collect()
    } else {
        without
            .filter(|declared| {
                let reached = reach::files(root, &declared.path);
                covered.iter().any(|path| reached.contains(path))
            })
            .collect()
    })
}

/// Files that are encrypted, or that a rule wants to be.
fn covered(scene: &Scene) -> Result<Vec<PathBuf>> {
    let mut covered: Vec<PathBuf> = scene
        .encrypted
        .iter()
        .map(|file| file.path.clone())
        .collect();
    if let Some(config) = &scene.config {
        for path in crate::repository::walk::files(&scene.repository.root)? {
            if config.rule_for(&path)?.is_some_and(|rule| rule.has_path) {
                covered.push(path);
            }
        }
    }
    Ok(covered)
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| {
        let why = shared::failure::io(&error);
        Failure::new(format!("cannot read {}: {why}", path.display()))
    })
}

/// The start of a key: post-quantum ones have two thousand characters.
pub(super) fn shown(recipient: &str) -> String {
    match recipient.char_indices().nth(72) {
        Some((end, _)) => format!("{}...", &recipient[..end]),
        None => recipient.to_owned(),
    }
}
