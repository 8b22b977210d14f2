//! Which Kustomizations are built from this repository: those whose source has the address of one of its remotes.

use std::collections::BTreeSet;

use shared::facts::Facts;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::flux_source::GitRepository;

/// Tells whether a Kustomization may be built from here. Where no source has the address of a remote, as with a
/// mirror, any may be: then the paths alone decide.
pub(super) fn ours(facts: &Facts, remotes: &[String]) -> impl Fn(&Kustomization) -> bool + use<> {
    let known: BTreeSet<String> = remotes.iter().map(|url| plain(url)).collect();
    let sources = facts.all::<GitRepository>().iter();
    let sources: BTreeSet<(String, String)> = sources
        .filter(|source| known.contains(&plain(&source.spec.url.0)))
        .map(|source| {
            (
                source.metadata.namespace.clone(),
                source.metadata.name.clone(),
            )
        })
        .collect();
    move |kustomization| {
        let source = &kustomization.spec.source_ref;
        let namespace = kustomization.metadata.namespace_of(&source.namespace);
        sources.is_empty()
            || source.kind != "GitRepository"
            || sources.contains(&(namespace.to_owned(), source.name.clone()))
    }
}

/// Host and path: `ssh://git@github.com/o/r.git` and `git@github.com:o/r` are the same.
fn plain(url: &str) -> String {
    let (is_url, rest) = match url.split_once("://") {
        Some((_, rest)) => (true, rest),
        None => (false, url),
    };
    let rest = match rest.split_once('@') {
        Some((user, rest)) if !user.contains('/') => rest,
        _ => rest,
    };
    let rest = rest.trim_end_matches('/').trim_end_matches(".git");
    let (host, path) = match rest.split_once(if is_url { '/' } else { ':' }) {
        Some(parts) => parts,
        None => return rest.to_owned(),
    };
    let host = host.split(':').next().unwrap_or_default();
    format!(
        "{}/{}",
        host.to_ascii_lowercase(),
        path.trim_start_matches('/')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_repository_has_many_addresses() {
        for url in [
            "ssh://git@github.com/almckay/infra",
            "ssh://git@GitHub.com:22/almckay/infra.git",
            "https://github.com/almckay/infra.git/",
            "https://token@github.com/almckay/infra",
            "git@github.com:almckay/infra.git",
        ] {
            assert_eq!(plain(url), "github.com/almckay/infra", "{url}");
        }
        assert_eq!(plain("/srv/git/infra.git"), "/srv/git/infra");
    }
}
