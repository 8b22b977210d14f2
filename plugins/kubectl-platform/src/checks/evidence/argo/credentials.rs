//! What Argo CD signs in to repositories with: Secrets that its label marks, each for a URL that is no
//! fact of ours.
//!
//! A check that uses this hints at `Secret`.

use shared::facts::View;
use shared::facts::kinds::argo::Application;
use shared::facts::kinds::secret::Secret;

/// The label, and the values of it that mean repositories.
/// See <https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories>.
const LABEL: &str = "argocd.argoproj.io/secret-type";
const TYPES: [&str; 2] = ["repository", "repo-creds"];

/// How Argo CD's own command calls such a Secret, before a number.
const PREFIXES: [&str; 2] = ["repo-", "creds-"];

/// The Secret of an Application's repository, where it is clear which it is: its name tells, or there is
/// no other.
pub(in crate::checks) fn of<'a>(view: &View<'a>, application: &Application) -> Option<&'a Secret> {
    let namespace = &application.metadata.namespace;
    let all = view.all::<Secret>().iter().filter(|secret| {
        let meta = &secret.metadata;
        meta.namespace == *namespace && TYPES.contains(&meta.label(LABEL))
    });
    let names = names(application);
    let (numbered, others): (Vec<_>, Vec<_>) = all.partition(|secret| is_numbered(secret));
    let mut own = numbered
        .into_iter()
        .filter(|secret| names.contains(&secret.metadata.name));
    own.next().or(match others[..] {
        [only] => Some(only),
        _ => None,
    })
}

fn is_numbered(secret: &Secret) -> bool {
    let name = &secret.metadata.name;
    let numbers = PREFIXES.iter().filter_map(|start| name.strip_prefix(start));
    let mut numbers = numbers.filter(|number| !number.is_empty());
    numbers.any(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How Argo CD's command calls the Secrets of an Application's repositories: after the URL, or the beginning
/// of it that several repositories share, and perhaps the project.
fn names(application: &Application) -> Vec<String> {
    let spec = &application.spec;
    let sources = spec.source.iter().chain(&spec.sources);
    let urls = sources.map(|source| source.repo_url.0.as_str());
    let begun = urls.flat_map(|url| {
        let cuts = url.match_indices('/').flat_map(|(at, _)| [at, at + 1]);
        cuts.chain([url.len()]).map(|end| &url[..end])
    });
    let with_project = begun.flat_map(|url| [url.to_owned(), format!("{url}{}", spec.project)]);
    let numbers = with_project.map(|text| fnv(&text));
    numbers
        .flat_map(|number| PREFIXES.map(|start| format!("{start}{number}")))
        .collect()
}

/// The 32-bit FNV-1a hash.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
