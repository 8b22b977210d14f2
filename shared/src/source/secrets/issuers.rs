//! The Secrets that an issuer's provider knows it by.

use crate::facts::kinds::cert_manager::IssuerFields;

/// The names of those that it shows.
pub(super) fn shown(issuer: &IssuerFields) -> impl Iterator<Item = &str> {
    let acme = issuer.spec.acme.iter();
    let solvers = acme.clone().flat_map(|acme| &acme.solvers);
    let of_solvers = solvers.filter_map(|solver| solver.dns01.as_ref());
    let accounts = acme.filter_map(|acme| acme.external_account_binding.as_ref());
    let others = [&issuer.spec.vault, &issuer.spec.venafi];
    let refs = of_solvers.chain(accounts);
    let refs = refs.chain(others.into_iter().flatten());
    refs.flat_map(|refs| refs.0.values())
        .map(|secret| secret.name.as_str())
}
