//! argo/repository-refused: A Git host or registry refuses Argo CD's credentials.
//!
//! None of the Applications of a repository can be compared, because the Secret that Argo CD signs in
//! with is not accepted: the token has expired, the deploy key was removed, or its account has no right to
//! read any more. What was applied before stays, and nothing newer reaches the cluster.
//!
//! Put a valid token or key into the Secret; where it is made from Git or from a store, put it in there.
//! `argocd repo list` tells when it is accepted.

use shared::facts::kinds::argo::Application;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::argo::{self, credentials};
use crate::checks::evidence::needs::needs;
use crate::checks::evidence::secrets::secret_source::{makers, makers_and};
use crate::checks::evidence::services::users::listed;
use crate::checks::evidence::words::answer;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] =
    makers_and!(needs![live(Kind::Application), live(Kind::Secret).lookup()]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let complaints: Vec<_> = argo::complaints(view).collect();
    let is_refused = |one: &Application| {
        let mut own = complaints.iter().filter(|(other, _)| *other == one);
        own.any(|(_, said)| is_refusal(said))
    };
    let mut seen: Vec<String> = Vec::new();
    for (application, said) in &complaints {
        let url = argo::repositories(application);
        let Some(secret) = credentials::of(view, application) else {
            continue;
        };
        let beside = argo::staying(view);
        let beside: Vec<_> = beside
            .filter(|one| argo::repositories(one) == url)
            .collect();
        // One alone may have a wrong URL.
        let is_common = beside.len() > 1 && beside.iter().all(|one| is_refused(one));
        if !is_common || seen.contains(&url) {
            continue;
        }
        let all: Vec<ObjectRef> = beside.into_iter().map(Fact::reference).collect();
        let reason = said.rsplit(" desc = ").next().unwrap_or(said);
        let told = format!("{url} refuses its credentials: {reason}: {}", listed(&all));
        let meta = &secret.metadata;
        found
            .error(secret, told)
            .made_by(makers(view, meta, &meta.name))
            .remedy(remedy::describe(&secret.reference()));
        seen.push(url);
    }
}

/// Whether the host does not take the credentials; one that knows no such repository may just hide it.
fn is_refusal(said: &str) -> bool {
    answer::is_refusal(said) && !said.to_lowercase().contains("not found")
}
