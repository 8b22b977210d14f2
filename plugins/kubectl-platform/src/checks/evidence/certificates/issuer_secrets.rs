//! The Secrets that an issuer refers to, whatever its kind.
//!
//! A check that uses this hints at `Kind::Deployment`.

use shared::facts::kinds::cert_manager::IssuerFields;
use shared::facts::kinds::secret_refs::SecretRefs;
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

use super::cert_manager;

/// Each Secret with the field that names it and the key that is asked of it (empty where
/// cert-manager knows the keys itself). The ACME account's own key is left out: cert-manager makes
/// it.
pub(in crate::checks) fn all<'a>(
    view: &View<'_>,
    issuer: &'a IssuerFields,
) -> impl Iterator<Item = (ObjectRef, &'a str, &'a str)> {
    let namespace = cert_manager::namespace_of_secrets(view, &issuer.metadata.namespace);
    let spec = &issuer.spec;
    let acme = spec.acme.iter();
    let solvers = acme.clone().flat_map(|acme| &acme.solvers);
    let dns = solvers.filter_map(|solver| solver.dns01.as_ref());
    let account = acme.filter_map(|acme| acme.external_account_binding.as_ref());
    let others = [&spec.vault, &spec.venafi].into_iter().flatten();
    let refs = dns.chain(account).chain(others);
    let keys = refs.flat_map(|refs: &SecretRefs| &refs.0);
    let keys = keys.map(|(field, secret)| (&*secret.name, &**field, &*secret.key));
    let authority = spec.ca.iter().map(|ca| (&*ca.secret_name, "spec.ca", ""));
    keys.chain(authority)
        .filter(|(name, ..)| !name.is_empty())
        .map(move |(name, field, key)| (Kind::Secret.object(&namespace, name), field, key))
}
