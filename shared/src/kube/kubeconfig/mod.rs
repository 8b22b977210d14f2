//! Which kubeconfig files there are, and what they say together.
//!
//! As kubectl has it: `--kubeconfig` names the only file; else those of `$KUBECONFIG` that exist
//! are merged, the first to name something winning; else `~/.kube/config`.
//! See <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/>.

mod file;

use std::env;
use std::path::{Path, PathBuf};

use ::kube::config::Kubeconfig;

use crate::failure::{Failure, Result};

/// The kubeconfig's content, or nothing where no file exists that nobody insisted on.
///
/// # Errors
/// When `explicit` does not exist, or a file that exists cannot be read.
pub(super) fn read(explicit: Option<&Path>) -> Result<Option<Kubeconfig>> {
    if let Some(path) = explicit {
        return read_one(path).map(Some);
    }
    let mut merged: Option<Kubeconfig> = None;
    for path in paths().iter().filter(|path| path.exists()) {
        let next = read_one(path)?;
        merged = Some(match merged {
            None => next,
            Some(first) => first
                .merge(next)
                .map_err(|error| about(path, &error.to_string()))?,
        });
    }
    Ok(merged)
}

/// What the kubeconfig has names for.
#[derive(Debug, Default)]
pub struct Names {
    /// Its contexts.
    pub contexts: Vec<String>,
    /// Its clusters.
    pub clusters: Vec<String>,
    /// Its users.
    pub users: Vec<String>,
}

/// The names in the kubeconfig, for shells to offer.
///
/// # Errors
/// When it cannot be read.
pub fn names(explicit: Option<&Path>) -> Result<Names> {
    let all = read(explicit)?.unwrap_or_default();
    Ok(Names {
        contexts: all.contexts.into_iter().map(|one| one.name).collect(),
        clusters: all.clusters.into_iter().map(|one| one.name).collect(),
        users: all.auth_infos.into_iter().map(|one| one.name).collect(),
    })
}

/// The files that are looked for where none was named, the first winning.
pub(super) fn paths() -> Vec<PathBuf> {
    let listed: Vec<PathBuf> = env::var_os("KUBECONFIG")
        .map(|list| {
            env::split_paths(&list)
                .filter(|path| !path.as_os_str().is_empty())
                .collect()
        })
        .unwrap_or_default();
    if listed.is_empty() {
        let home = dirs::home_dir().map(|home| home.join(".kube").join("config"));
        return home.into_iter().collect();
    }
    listed
}

fn read_one(path: &Path) -> Result<Kubeconfig> {
    let mut kubeconfig = file::read(path).map_err(|why| about(path, &why))?;
    // An empty name is no name: a later file may still say which context is current.
    kubeconfig.current_context = kubeconfig.current_context.filter(|name| !name.is_empty());
    Ok(kubeconfig)
}

fn about(path: &Path, why: &str) -> Failure {
    Failure::new(format!(
        "cannot read the kubeconfig: {}: {why}",
        path.display()
    ))
    .hint("pass --kubeconfig")
}
