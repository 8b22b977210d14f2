//! Where private keys live on this machine: a file that only its owner reads, outside of Git.

mod real;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use shared::age::{Identity, keyfile, sources};
use shared::failure::{Context, Failure, Result, io};
use shared::secret::{self, Turn};
use zeroize::Zeroizing;

use crate::repository::git;
use real::real;

/// A file of private keys, which need not exist yet.
pub(crate) struct KeyFile {
    pub(crate) path: PathBuf,
    text: Zeroizing<String>,
    identities: Vec<Identity>,
}

impl KeyFile {
    /// The file that is named, else that of `SOPS_AGE_KEY_FILE`, else sops's `keys.txt`.
    ///
    /// # Errors
    /// When there is no such place, or the file cannot be read as one of identities.
    pub(crate) fn open(named: Option<&Path>) -> Result<Self> {
        let path = named
            .map(Path::to_owned)
            .or_else(|| {
                let named = std::env::var_os("SOPS_AGE_KEY_FILE");
                named.filter(|name| !name.is_empty()).map(PathBuf::from)
            })
            .or_else(sources::user_key_file)
            .ok_or_else(|| {
                Failure::new("there is no place for a private key: HOME is not set")
                    .hint("name a file: --key-file FILE")
            })?;
        let path = std::path::absolute(&path).context("cannot tell the working directory")?;
        let name = path.display();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Zeroizing::default(),
            Err(error) => return Err(Failure::new(format!("cannot read {name}: {}", io(&error)))),
        };
        if keyfile::is_encrypted(&bytes) {
            return Err(
                Failure::new(format!("the key file has a passphrase: {name}"))
                    .hint("keep the cluster's key in another one: --key-file FILE"),
            );
        }
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| Failure::new(format!("the key file is no text: {name}")))?;
        let identities = keyfile::parse_lines(text)
            .map_err(|why| Failure::new(format!("the key file is malformed: {name}: {why}")))?;
        Ok(Self {
            text: Zeroizing::new(text.to_owned()),
            identities,
            path,
        })
    }

    /// The identities in it.
    pub(crate) fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// The identity of a recipient.
    pub(crate) fn find(&self, recipient: &str) -> Option<&Identity> {
        let mut all = self.identities.iter();
        all.find(|identity| identity.recipient() == recipient)
    }

    /// The identity that was made for something: a run that was cut short made it, and nobody knows it yet.
    pub(crate) fn made_for(&self, purpose: &str) -> Option<&Identity> {
        let mut lines = self.text.lines();
        lines.find(|line| *line == mark(purpose))?;
        let public = lines.find_map(|line| line.strip_prefix("# public key: "))?;
        self.find(public)
    }

    /// Refuses a file that Git would take, by whatever links it is reached.
    ///
    /// # Errors
    /// When it is in a Git tree and not ignored.
    pub(crate) fn refuse_git(&self) -> Result<()> {
        let path = real(&self.path);
        let top = path.parent().and_then(git::top);
        match top {
            Some(top) if !git::ignores(&top, &path) => Err(Failure::new(format!(
                "a private key would end in Git: {}",
                self.path.display()
            ))
            .hint("keep it elsewhere: --key-file FILE")
            .hint("or add the file to .gitignore")),
            _ => Ok(()),
        }
    }

    /// Adds an identity; what is there stays. It lasts when this returns.
    ///
    /// # Errors
    /// When the file cannot be written; it is then as it was.
    pub(crate) fn add(&mut self, identity: &Identity, purpose: &str) -> Result<()> {
        self.refuse_git()?;
        if let Some(folder) = self.path.parent() {
            make_folder(folder).map_err(|error| self.unwritable(&error))?;
        }
        let _turn = secret::home(&self.path).ok().map(|home| Turn::wait(&home));
        // Another run may have added one meanwhile, which is nowhere else.
        let mut text = Self::open(Some(&self.path))?.text;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&entry(identity, purpose));
        secret::replace(&self.path, text.as_bytes()).map_err(|error| self.unwritable(&error))?;
        self.identities.push(identity.clone());
        self.text = text;
        Ok(())
    }

    fn unwritable(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!(
            "cannot write {}: {}",
            self.path.display(),
            io(error)
        ))
        .hint("keep the private key elsewhere: --key-file FILE")
    }
}

/// Folders that only their owner enters.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn mark(purpose: &str) -> String {
    format!("# for: {purpose}")
}

/// An identity as age-keygen writes it, and what it is for.
pub(crate) fn entry(identity: &Identity, purpose: &str) -> Zeroizing<String> {
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    Zeroizing::new(format!(
        "# created: {now}\n{}\n# public key: {}\n{}\n",
        mark(purpose),
        identity.recipient(),
        *identity.text()
    ))
}
